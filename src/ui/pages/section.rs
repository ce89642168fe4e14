//! One section of the form. Findings show once the person wants to go on, not while typing.

use std::collections::BTreeSet;
use std::rc::Rc;

use yew::prelude::*;
use yew_router::prelude::*;

use super::draft::View;
use super::resume::ResumeField;
use crate::app::Action;
use crate::app::state::Undo;
use crate::domain::base::json::Value;
use crate::domain::case::Edit;
use crate::domain::check::{is_required, reading_of};
use crate::domain::diag::{Diagnostic, Severity};
use crate::domain::pack::{Field, FieldKind, FormSection, Pack};
use crate::domain::path::FieldPath;
use crate::ui::context::{Dispatch, use_dispatch};
use crate::ui::hooks::focus_field;
use crate::ui::parts::control::{Control, kind_of_field};
use crate::ui::parts::findings::{clause_notes, element_id};
use crate::ui::parts::shell::Shell;
use crate::ui::parts::undo::{UndoNote, undo_at};
use crate::ui::routes::{Route, Step, step_href};
use crate::ui::widgets::{Button, ButtonVariant, ErrorSummary, PageTitle, SummaryLink};

/// Properties of [`SectionPage`].
#[derive(Properties, PartialEq)]
pub struct SectionPageProps {
    /// The draft.
    pub view: View,
    /// The section's id.
    pub section: AttrValue,
    /// The id of the element that takes the focus.
    #[prop_or_default]
    pub field: Option<AttrValue>,
}

/// One section of the form.
#[component]
pub fn SectionPage(props: &SectionPageProps) -> Html {
    let SectionPageProps { view, section, field: wanted } = props;
    let navigator = use_navigator();
    // How often the person has tried to go on.
    let tries = use_state_eq(|| 0_u32);
    use_effect_with(wanted.clone(), |wanted| {
        if let Some(id) = wanted {
            focus_field(id);
        }
    });
    let track = view.draft.application.track.as_str();
    let known = view.pack.sections_for(track).find(|s| s.id == **section);
    let fields: Vec<&Field> = known.map(|s| s.fields_for(track).collect()).unwrap_or_default();
    let found: Vec<Diagnostic> = view
        .assessment
        .diagnostics
        .iter()
        .filter(|d| fields.iter().any(|f| f.id == d.path.key()))
        .cloned()
        .collect();
    // What shows is what there was when the person last wanted to go on, or came: it goes when it is settled, and nothing
    // new comes up while they type.
    let here: Rc<BTreeSet<Place>> = Rc::new(found.iter().map(place_of_finding).collect());
    let seen = use_state_eq(|| if wanted.is_some() { here.clone() } else { Rc::default() });
    let Some(section) = known else {
        return html! {
            <Shell steps={Some(view.steps(Some(Step::Form)))}>
                <PageTitle text="申报表没有这一栏" caption={view.title()} />
                <p><a href={step_href(&view.draft.id, Step::Form)}>{ "回到申报表" }</a></p>
            </Shell>
        };
    };
    {
        // What was settled is forgotten: should it come back, it waits like anything new.
        let left: BTreeSet<Place> = seen.intersection(&here).cloned().collect();
        let seen = seen.clone();
        use_effect_with(left, move |left| seen.set(Rc::new(left.clone())));
    }
    let shown: Vec<Diagnostic> =
        found.iter().filter(|d| seen.contains(&place_of_finding(d))).cloned().collect();
    let blockers: Vec<SummaryLink> = shown
        .iter()
        .filter(|d| d.severity == Severity::Blocker)
        .map(|d| SummaryLink { target: element_id(&d.path).into(), message: d.message.clone().into() })
        .collect();
    let on_next = {
        let is_clean = !found.iter().any(|d| d.severity == Severity::Blocker);
        let target = following(view, section);
        let (tries, seen, here) = (tries.clone(), seen.clone(), here.clone());
        Callback::from(move |_: MouseEvent| {
            // Warnings stop once, so that they are seen; blockers stop until they are gone or put off.
            if is_clean && here.is_subset(&seen) {
                if let Some(navigator) = &navigator {
                    navigator.push(&target);
                }
            } else {
                seen.set(here.clone());
                tries.set(*tries + 1);
            }
        })
    };
    let clauses = view.pack.clauses_for(&clauses_of(&fields), track);
    html! {
        <Shell steps={Some(view.steps(Some(Step::Form)))} aside={Some(clause_notes(&view.pack, &clauses))}>
            <div>
                // Always there, so that it takes the focus when the person wants to go on, and at no other time.
                <ErrorSummary items={Rc::new(if *tries > 0 { blockers.clone() } else { Vec::new() })} revision={*tries} />
            </div>
            <PageTitle text={section.title.clone()} caption={view.title()} has_errors={!blockers.is_empty()}
                yields_focus={wanted.is_some()} />
            <div class="stack">
                for field in &fields {
                    <div key={field.id.clone()}>
                        { view_field(view, field, &shown) }
                    </div>
                }
            </div>
            <div class="cluster">
                <Button id="next-section" variant={ButtonVariant::Primary} onclick={on_next}>{ "保存并继续" }</Button>
                <a href={step_href(&view.draft.id, Step::Form)}>{ "以后再填，回到申报表" }</a>
            </div>
        </Shell>
    }
}

/// A finding's code and where it is, whatever its words.
type Place = (&'static str, FieldPath);

fn place_of_finding(diagnostic: &Diagnostic) -> Place {
    (diagnostic.code, diagnostic.path.clone())
}

fn following(view: &View, section: &FormSection) -> Route {
    let id = view.draft.id.clone();
    let sections: Vec<&FormSection> = view.pack.sections_for(&view.draft.application.track).collect();
    let place = sections.iter().position(|s| s.id == section.id);
    match place.and_then(|p| sections.get(p + 1)) {
        Some(next) => Route::Section { id, section: next.id.clone() },
        None => Route::Draft { id, step: Step::Form },
    }
}

fn clauses_of(fields: &[&Field]) -> Vec<String> {
    let mut clauses: Vec<String> = fields.iter().flat_map(|f| f.clauses.clone()).collect();
    clauses.sort();
    clauses.dedup();
    clauses
}

/// A field of the form, or the list that it is.
fn view_field(view: &View, field: &Field, shown: &[Diagnostic]) -> Html {
    let application = &view.draft.application;
    let mine: Vec<&Diagnostic> = shown.iter().filter(|d| d.path.key() == field.id).collect();
    let undo = undo_at(view, &field.id);
    if field.kind == FieldKind::Resume {
        let found: Vec<Diagnostic> = mine.into_iter().cloned().collect();
        return html! { <ResumeField view={view.clone()} list={field.id.clone()} label={field.label.clone()} {found} {undo} /> };
    }
    let first = |severity: Severity| {
        mine.iter().find(|d| d.severity == severity).map(|d| AttrValue::from(d.message.clone()))
    };
    let occupation = application
        .text("apply.occupation_code")
        .filter(|_| field.kind == FieldKind::Worktype)
        .map(str::to_owned);
    html! {
        <FormField pack={view.pack.clone()} id={field.id.clone()} {occupation} value={application.answers.get(&field.id).cloned()}
            error={first(Severity::Blocker)} warning={first(Severity::Warning).or_else(|| first(Severity::Advice))}
            reading={reading_of(field, application, view.assessment.reference).map(AttrValue::from)}
            is_needed={is_required(field, &|condition| view.assessment.holds(condition))}
            fixes={fixes_at(view, &field.id)} {undo} />
    }
}

/// Properties of [`FormField`]: everything that it shows, so that it is drawn anew only when that changes.
#[derive(Properties, PartialEq)]
struct FormFieldProps {
    pack: Rc<Pack>,
    /// The field's id.
    id: AttrValue,
    /// The code of the chosen occupation, where it matters.
    occupation: Option<String>,
    value: Option<Value>,
    error: Option<AttrValue>,
    warning: Option<AttrValue>,
    reading: Option<AttrValue>,
    is_needed: bool,
    fixes: Vec<Offer>,
    undo: Option<Rc<Undo>>,
}

/// One field with what is offered for it.
#[component]
fn FormField(props: &FormFieldProps) -> Html {
    let FormFieldProps { pack, id, occupation, value, error, warning, reading, is_needed, fixes, undo } =
        props;
    let dispatch = use_dispatch();
    let on_change = {
        let dispatch = dispatch.clone();
        use_callback(id.to_string(), move |value: Option<Value>, key| {
            dispatch.dispatch(Action::Edit(Edit::Set { key: key.clone(), value }));
        })
    };
    let Some((field, kind)) =
        pack.field(id).and_then(|field| Some((field, kind_of_field(field, occupation.as_deref())?)))
    else {
        return Html::default();
    };
    html! {
        <>
            <Control id={element_id(&FieldPath::of_key(id))} label={field.label.clone()} {kind} {on_change} value={value.clone()}
                error={error.clone()} warning={warning.clone()} reading={reading.clone()} optional={!is_needed}
                hint={Some(AttrValue::from(field.hint.clone()))} />
            <div class="cluster">{ view_fixes(fixes, &dispatch) }</div>
            <UndoNote undo={undo.clone()} />
        </>
    }
}

/// Something that the program can fill in: what it does, where, and what would stand there.
pub(super) type Offer = (String, FieldPath, Value);

/// What the program can fill in at a key: offered as soon as it is known, since it takes work off the person.
pub(super) fn fixes_at(view: &View, key: &str) -> Vec<Offer> {
    let mut offers: Vec<Offer> = view
        .assessment
        .at_key(key)
        .flat_map(|d| &d.fixes)
        .filter_map(|f| f.set.first().map(|(path, value)| (f.title.clone(), path.clone(), value.clone())))
        .collect();
    offers.dedup();
    offers
}

/// A button for each offer.
pub(super) fn view_fixes(offers: &[Offer], dispatch: &Dispatch) -> Html {
    html! {
        for (title, path, value) in offers {
            <Button key={format!("{path} {title}")} variant={ButtonVariant::Link} onclick={apply(dispatch, path, value, title)}>{ title }</Button>
        }
    }
}

fn apply(dispatch: &Dispatch, path: &FieldPath, value: &Value, title: &str) -> Callback<MouseEvent> {
    let (dispatch, path, value, title) = (dispatch.clone(), path.clone(), value.clone(), title.to_owned());
    Callback::from(move |_: MouseEvent| {
        let (path, value, title) = (path.clone(), value.clone(), title.clone());
        dispatch.dispatch(Action::Fix { path, value, title });
    })
}
