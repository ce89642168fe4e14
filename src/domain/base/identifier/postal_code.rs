//! 邮政编码: six digits. No parts.

use chrono::NaiveDate;

use super::{CodeRow, Inspection, digits_at, normalise};

pub(super) const NOT_SIX_DIGITS: CodeRow = ("R221", "postal-code-not-of-six-digits", true, "六位邮政编码制");

/// Inspects a postal code; `today` is not used.
pub fn inspect(text: &str, _today: NaiveDate) -> Inspection {
    let mut inspection = Inspection::of(normalise(text));
    if inspection.value.len() != 6 || digits_at(&inspection.value, 0, 6).is_none() {
        inspection.report(NOT_SIX_DIGITS, &[]);
    }
    inspection
}
