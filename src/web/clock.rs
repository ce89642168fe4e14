//! The device's clock.

use chrono::NaiveDate;
use js_sys::Date;

/// Today, by the device's time zone. A clock beyond the calendar gives the calendar's first day.
#[must_use]
pub fn today() -> NaiveDate {
    let now = Date::new_0();
    let year = i32::try_from(now.get_full_year()).unwrap_or(1970);
    NaiveDate::from_ymd_opt(year, now.get_month() + 1, now.get_date()).unwrap_or_default()
}

/// Milliseconds since 1970.
#[must_use]
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
pub fn now_ms() -> u64 {
    Date::now() as u64
}

/// The time of day: `10:32`.
#[must_use]
pub fn time_of_day() -> String {
    let now = Date::new_0();
    format!("{:02}:{:02}", now.get_hours(), now.get_minutes())
}

/// An id that no other draft or content has: the time and 64 random bits.
#[must_use]
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
pub fn fresh_id() -> String {
    let random = || (js_sys::Math::random() * 4_294_967_296.0) as u32;
    format!("{:x}-{:08x}{:08x}", now_ms(), random(), random())
}
