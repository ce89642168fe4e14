//! Three-valued truth by Kleene.

use std::ops::{BitAnd, BitOr, Not};

/// True, false, or not known yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Truth {
    /// It does not hold.
    False,
    /// It cannot be said.
    Unknown,
    /// It holds.
    True,
}

impl From<bool> for Truth {
    fn from(value: bool) -> Self {
        if value { Self::True } else { Self::False }
    }
}

impl Not for Truth {
    type Output = Self;

    fn not(self) -> Self {
        match self {
            Self::False => Self::True,
            Self::Unknown => Self::Unknown,
            Self::True => Self::False,
        }
    }
}

impl BitAnd for Truth {
    type Output = Self;

    fn bitand(self, other: Self) -> Self {
        self.min(other)
    }
}

impl BitOr for Truth {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        self.max(other)
    }
}

#[cfg(test)]
mod tests {
    use super::Truth::{self, False, True, Unknown};

    /// The tables of FEEL (DMN 1.3, tables 50 and 51), with its null as `Unknown`.
    #[test]
    fn tables_are_those_of_feel() {
        let conjunction = [
            (True, True, True),
            (True, False, False),
            (True, Unknown, Unknown),
            (False, True, False),
            (False, False, False),
            (False, Unknown, False),
            (Unknown, True, Unknown),
            (Unknown, False, False),
            (Unknown, Unknown, Unknown),
        ];
        for (a, b, expected) in conjunction {
            assert_eq!(a & b, expected, "{a:?} and {b:?}");
            assert_eq!(!(!a | !b), expected, "De Morgan of {a:?} and {b:?}");
        }
        assert_eq!([!True, !False, !Unknown], [False, True, Unknown]);
        assert_eq!([Truth::from(true), Truth::from(false)], [True, False]);
    }
}
