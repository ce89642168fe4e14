//! Which centre accepts, reviews, trains and issues: four answers, not one.

use crate::domain::base::catalogue::division;
use crate::domain::case::Application;
use crate::domain::case::facts::FactValues;
use crate::domain::pack::{Pack, serves};
use crate::domain::rule::{Truth, truth_of};

/// The way through the centres, step by step.
pub type Routing = Vec<RouteStep>;

/// One step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RouteStep {
    /// `accepts`, `reviews`, `trains` or `issues`.
    pub step: &'static str,
    /// What the step is called.
    pub label: &'static str,
    /// Id and name of the centre; `None` while it cannot be said.
    pub centre: Option<(String, String)>,
    /// Clauses.
    pub clauses: Vec<String>,
    /// What the notice leaves open.
    pub note: String,
}

const STEPS: [(&str, &str); 4] =
    [("accepts", "受理"), ("reviews", "资格审核（复审）"), ("trains", "培训"), ("issues", "制发证卡")];

/// Which centre does each step, for the application and its facts.
#[must_use]
pub fn route(pack: &Pack, application: &Application, facts: &FactValues) -> Routing {
    STEPS
        .iter()
        .map(|(step, label)| {
            let fitting = pack.routes.iter().find(|r| {
                r.step == *step
                    && serves(&r.tracks, &application.track)
                    && r.when.as_ref().is_none_or(|when| truth_of(when, facts) == Truth::True)
            });
            let clauses = fitting.map_or_else(
                || {
                    pack.routes
                        .iter()
                        .find(|r| r.step == *step)
                        .map(|r| r.clauses.clone())
                        .unwrap_or_default()
                },
                |r| r.clauses.clone(),
            );
            let centre = fitting.and_then(|r| pack.centres.iter().find(|c| c.id == r.centre)).map(|centre| {
                let city = application
                    .text("unit.city")
                    .and_then(|code| division::sichuan_cities().into_iter().find(|c| c.code == code))
                    .map_or("所在市（州）", |c| c.name);
                (centre.id.clone(), centre.label.replace("{city}", city))
            });
            RouteStep {
                step,
                label,
                centre,
                clauses: pack.clauses_for(&clauses, &application.track),
                note: fitting.map(|r| r.note.clone()).unwrap_or_default(),
            }
        })
        .collect()
}
