//! Days that count, in words: each with its clause, how it was counted, and the other way.

use yew::prelude::*;

use crate::domain::base::date::format_chinese;
use crate::domain::pack::Pack;
use crate::domain::schedule::Deadline;
use crate::ui::parts::findings::cite;

/// A list of days that count.
pub fn view_deadlines(pack: &Pack, deadlines: &[Deadline]) -> Html {
    html! {
        <ul class="timeline" role="list">
            for (i, d) in deadlines.iter().enumerate() {
                <li class="timeline__item timeline__item--own" key={format!("{}-{i}", d.kind)}>
                    <p class="timeline__date">{ d.date.map_or_else(|| "算不出".to_owned(), format_chinese) }</p>
                    <p>{ &d.label }</p>
                    <p class="timeline__note">{ format!("{}；{}", cite(pack, &d.clauses), d.convention) }</p>
                    if let Some(other) = &d.alternative {
                        <p class="timeline__note">
                            { "另一种算法：" }
                            { other.date.map(|day| format!("{}，", format_chinese(day))) }
                            { &other.convention }
                        </p>
                    }
                    if !d.note.is_empty() {
                        <p class="timeline__note">{ &d.note }</p>
                    }
                </li>
            }
        </ul>
    }
}
