//! 考评员证卡编号: no rule for it was found, so only its length is looked at. No parts.

use chrono::NaiveDate;

use super::{CodeRow, Inspection};
use crate::domain::base::text;

pub(super) const EMPTY_OR_TOO_LONG: CodeRow = (
    "R441",
    "examiner-card-empty-or-too-long",
    true,
    "none: the centres make the numbers and publish no rule",
);

/// The most characters that a card number may have.
pub const MAX_LENGTH: usize = 40;

/// Inspects the number of an examiner card; `today` is not used. Upper and lower case and inner spaces stay.
pub fn inspect(text: &str, _today: NaiveDate) -> Inspection {
    let mut inspection = Inspection::of(text::squeeze(&text::to_half_width(text)));
    match text::chars_len(&inspection.value) {
        0 => inspection.report(EMPTY_OR_TOO_LONG, &[]),
        1..=MAX_LENGTH => {}
        _ => inspection.report_as(EMPTY_OR_TOO_LONG, "R441/long", &[]),
    }
    inspection
}
