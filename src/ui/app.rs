//! The app: state, router, and which page stands at which address.

use std::rc::Rc;

use chrono::NaiveDate;
use yew::prelude::*;
use yew_router::prelude::*;

use super::context::{AppProvider, Platform, use_dispatch};
use super::hooks::Visit;
use super::pages::{
    backup::BackupPage, codes::CodePage, codes::CodesPage, deadlines::DeadlinesPage,
    draft::DraftDeadlinesPage, draft::DraftPage, draft::DraftReceiptPage, not_found::NotFoundPage,
    pack::PackPage, rules::RulesPage, start::StartPage, verify::VerifyPage,
};
use super::routes::{Route, Step};
use crate::app::Action;
use crate::domain::pack::Pack;

/// Properties of [`App`].
#[derive(Properties, PartialEq)]
pub struct AppProps {
    /// The rule pack.
    pub pack: Rc<Pack>,
    /// Today.
    pub today: NaiveDate,
    /// The browser.
    pub platform: Platform,
}

/// The whole app.
#[component]
pub fn App(props: &AppProps) -> Html {
    let AppProps { pack, today, platform } = props;
    html! {
        <AppProvider pack={pack.clone()} today={*today} platform={platform.clone()}>
            <HashRouter>
                <Pages />
            </HashRouter>
        </AppProvider>
    }
}

/// The page at the current address. Opens the draft that the address names, and closes it when it names none.
#[component]
fn Pages() -> Html {
    let dispatch = use_dispatch();
    let route = use_route::<Route>().unwrap_or(Route::NotFound);
    let visits = use_mut_ref(|| (route.clone(), 0_u32));
    let visit = {
        let mut visits = visits.borrow_mut();
        if visits.0 != route {
            *visits = (route.clone(), visits.1 + 1);
        }
        Visit(visits.1)
    };
    let id = match &route {
        Route::Draft { id, .. }
        | Route::Section { id, .. }
        | Route::Field { id, .. }
        | Route::Receipt { id }
        | Route::DraftDeadlines { id } => Some(id.clone()),
        _ => None,
    };
    use_effect_with(id, move |id| {
        dispatch.dispatch(id.clone().map_or(Action::CloseDraft, |id| Action::OpenDraft { id }));
    });
    let page = match route {
        Route::Start => html! { <StartPage /> },
        Route::Draft { step, .. } => html! { <DraftPage {step} /> },
        Route::Section { section, .. } => {
            html! { <DraftPage step={Step::Form} section={Some(AttrValue::from(section))} /> }
        }
        Route::Field { section, field, .. } => html! {
            <DraftPage step={Step::Form} section={Some(AttrValue::from(section))} field={Some(AttrValue::from(field))} />
        },
        Route::DraftDeadlines { .. } => html! { <DraftDeadlinesPage /> },
        Route::Receipt { .. } => html! { <DraftReceiptPage /> },
        Route::Deadlines => html! { <DeadlinesPage /> },
        Route::Pack => html! { <PackPage /> },
        Route::Backup => html! { <BackupPage /> },
        Route::Verify => html! { <VerifyPage /> },
        Route::Rules => html! { <RulesPage /> },
        Route::Codes => html! { <CodesPage /> },
        Route::Code { code } => html! { <CodePage code={AttrValue::from(code)} /> },
        Route::NotFound => html! { <NotFoundPage /> },
    };
    html! {
        <ContextProvider<Visit> context={visit}>
            { page }
        </ContextProvider<Visit>>
    }
}
