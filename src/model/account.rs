//! Whose account something is in.

use super::Text;

/// The account that something is in, so far as the plan tells.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Account {
    /// Its number, where something names it.
    pub number: Option<Text>,
    /// Stands for the credentials of its provider: who has the same works in the same account.
    pub credentials: Option<usize>,
}

impl Account {
    /// Whether it is the same as another; nothing where that cannot be told.
    pub fn is(&self, other: &Self) -> Option<bool> {
        match (&self.number, &other.number) {
            (Some(own), Some(other)) => Some(own == other),
            _ => (self.credentials.is_some() && self.credentials == other.credentials).then_some(true),
        }
    }
}

/// The number of the account that an ARN names: `arn:aws:iam::123456789012:role/app`.
///
/// Source: AWS General Reference, ARN format, not looked up again.
pub fn account_of(arn: &str) -> Option<Text> {
    let mut parts = arn.split(':');
    let number = parts.next().filter(|first| *first == "arn").and_then(|_| parts.nth(3))?;
    (number.len() == 12 && number.bytes().all(|byte| byte.is_ascii_digit())).then(|| number.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accounts_of_names() {
        assert_eq!(account_of("arn:aws:iam::123456789012:role/app").as_deref(), Some("123456789012"));
        for name in ["", "app", "arn:aws:s3:::bucket", "arn:aws:iam::aws:policy/X", "x:aws:iam::123456789012:role/app"]
        {
            assert_eq!(account_of(name), None, "{name}");
        }
    }

    #[test]
    fn numbers_go_before_credentials() {
        let account = |number: Option<&str>, credentials| Account { number: number.map(Into::into), credentials };
        let (one, two) = (account(Some("1"), Some(0)), account(Some("2"), Some(0)));
        assert_eq!((one.is(&two), one.is(&one)), (Some(false), Some(true)));
        assert_eq!(one.is(&account(None, Some(0))), Some(true));
        assert_eq!(one.is(&account(None, Some(1))), None);
        assert_eq!(Account::default().is(&Account::default()), None);
    }
}
