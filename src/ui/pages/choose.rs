//! 选择: the track, the session, and the day on which to judge.

use std::rc::Rc;

use yew::prelude::*;

use super::draft::{DraftViewProps, OtherPack};
use crate::app::Action;
use crate::domain::base::date::{format_chinese, format_iso, parse_date};
use crate::domain::case::Edit;
use crate::ui::context::{use_app, use_dispatch};
use crate::ui::parts::findings::{clause_notes, element_id};
use crate::ui::parts::shell::Shell;
use crate::ui::routes::Step;
use crate::ui::widgets::{Choice, DateField, PageTitle, RadioGroup};

/// Chooses the track, the session and the day.
#[component]
pub fn ChoosePage(props: &DraftViewProps) -> Html {
    let view = &props.view;
    let app = use_app();
    let dispatch = use_dispatch();
    let application = &view.draft.application;
    let track = view.pack.track(&application.track);
    let tracks: Vec<Choice> = view
        .pack
        .tracks
        .iter()
        .map(|t| Choice { hint: Some(t.hint.clone().into()), ..Choice::new(t.id.clone(), t.label.clone()) })
        .collect();
    let sessions: Vec<Choice> = view
        .pack
        .classes_for(&application.track)
        .map(|s| Choice::new(s.id.clone(), s.label.clone()))
        .chain(
            view.pack
                .retakes_for(&application.track)
                .map(|s| Choice::new(s.id.clone(), s.label.clone()).with_hint("限考核未通过的人员")),
        )
        .collect();
    let on_track = {
        let (dispatch, view) = (dispatch.clone(), view.clone());
        Callback::from(move |id: AttrValue| {
            dispatch.dispatch(Action::Edit(Edit::SetTrack(id.to_string())));
            // A session of another track would only raise a finding that the person did not cause.
            let chosen = view.draft.application.session.as_deref();
            let fits = view
                .pack
                .classes_for(&id)
                .chain(view.pack.retakes_for(&id))
                .any(|s| Some(s.id.as_str()) == chosen);
            if chosen.is_some() && !fits {
                dispatch.dispatch(Action::Edit(Edit::SetSession(None)));
            }
        })
    };
    let on_session = {
        let dispatch = dispatch.clone();
        Callback::from(move |id: AttrValue| {
            dispatch.dispatch(Action::Edit(Edit::SetSession(Some(id.to_string()))))
        })
    };
    let reference = view.draft.reference.map(format_iso).unwrap_or_default();
    let day_text = use_state_eq(|| reference.clone());
    let day_error = parse_date(&day_text).err().filter(|_| !day_text.trim().is_empty());
    let on_day = {
        let day_text = day_text.clone();
        Callback::from(move |text: String| {
            match parse_date(&text) {
                Ok(day) => dispatch.dispatch(Action::SetReference(Some(day))),
                Err(_) if text.trim().is_empty() => dispatch.dispatch(Action::SetReference(None)),
                Err(_) => {}
            }
            day_text.set(text);
        })
    };
    let warning = view
        .assessment
        .at_key("session")
        .find(|d| d.code != "R009")
        .map(|d| AttrValue::from(d.message.clone()));
    let clauses =
        track.map(|t| t.clauses.clone()).unwrap_or_else(|| vec!["1.1".to_owned(), "2.1.2".to_owned()]);
    let session_id = element_id(&crate::domain::path::FieldPath::of_key("session"));
    html! {
        <Shell steps={Some(view.steps(Some(Step::Choose)))} aside={Some(clause_notes(&view.pack, &clauses))}>
            <PageTitle text="选择申报类别和班期" caption={view.title()} />
            <OtherPack view={view.clone()} />
            <div class="stack">
                <RadioGroup id="track" label="申报类别" options={Rc::new(tracks)} on_choose={on_track}
                    value={track.map(|t| AttrValue::from(t.id.clone()))} />
                <div>
                    if track.is_some() {
                        <RadioGroup id={session_id} label="培训班或补考" options={Rc::new(sessions)} on_choose={on_session} {warning}
                            hint={Some(AttrValue::Static("具体报名时间以省、市（州）职鉴中心发布的培训通知为准"))}
                            value={application.session.clone().map(AttrValue::from)} />
                    }
                </div>
                <DateField id="reference" label="按哪一天判断" optional=true value={(*day_text).clone()} on_commit={on_day}
                    hint={Some(AttrValue::from(format!("推荐单位推荐的日期；不填按今天（{}）", format_chinese(app.0.today))))}
                    error={day_error.map(|e| AttrValue::from(e.to_string()))} />
                <div>
                    if track.is_some() && application.session.is_some() {
                        { view.next_link(Step::Choose) }
                    }
                </div>
            </div>
        </Shell>
    }
}
