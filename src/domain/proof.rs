//! Proves that a pack says what it is meant to say: scenarios with their expected findings, a linter that reasons over
//! every combination of answers, mutations that the scenarios must notice, and the pack as a document. Only on the
//! host: nobody needs it to apply.

mod lint;
mod mutate;
mod scenario;
mod show;
mod space;

pub use lint::{Lint, lint};
pub use mutate::{Mutant, Mutations, mutations};
pub use scenario::{Coverage, Scenario, ScenarioError, Scenarios, read, run};
pub use show::markdown;

/// The scenario files of the built-in pack, by name.
pub const BUILT_IN_SCENARIOS: &[(&str, &str)] = &[
    ("bases.toml", include_str!("../../static/packs/sichuan-2026/scenarios/bases.toml")),
    ("unit.toml", include_str!("../../static/packs/sichuan-2026/scenarios/unit.toml")),
    ("sessions.toml", include_str!("../../static/packs/sichuan-2026/scenarios/sessions.toml")),
    ("person.toml", include_str!("../../static/packs/sichuan-2026/scenarios/person.toml")),
    ("retake.toml", include_str!("../../static/packs/sichuan-2026/scenarios/retake.toml")),
    ("after.toml", include_str!("../../static/packs/sichuan-2026/scenarios/after.toml")),
    ("materials.toml", include_str!("../../static/packs/sichuan-2026/scenarios/materials.toml")),
];
