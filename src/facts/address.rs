//! Addresses of databases: URLs, connection strings, hosts.

/// The host that an address names; a path for a socket on the same machine.
pub(super) fn host(text: &str) -> Option<String> {
    let text = text.trim().to_ascii_lowercase();
    if let Some((_, rest)) = text.split_once("://") {
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let authority = authority.rsplit('@').next().unwrap_or_default();
        let named = rest.split_once('?').and_then(|(_, query)| parameter(query, &['&'], &["host"]));
        return match (authority, named) {
            // libpq: without a host it is the socket on the same machine.
            ("", None) => Some("/".to_owned()),
            ("", Some(host)) => Some(host),
            (authority, _) => Some(bare(authority).to_owned()),
        };
    }
    if text.contains('=') {
        let separators: &[char] = if text.contains(';') { &[';'] } else { &[' '] };
        let keys = ["host", "hostaddr", "server", "data source", "datasource", "address", "addr"];
        let host = parameter(&text, separators, &keys)?;
        return Some(bare(host.strip_prefix("tcp:").unwrap_or(&host)).to_owned());
    }
    let place = text.rsplit('@').next().unwrap_or_default();
    // Go's MySQL driver: `user@tcp(host:3306)/db`, `user@unix(/run/mysqld.sock)/db`.
    let place = match place.split_once('(') {
        Some((_, inner)) => inner.split(')').next().unwrap_or_default(),
        None => place,
    };
    (!place.is_empty()).then(|| bare(place).to_owned())
}

/// A host without its port; the first of several.
fn bare(host: &str) -> &str {
    if host.starts_with('/') || host.starts_with("%2f") || host == "::1" {
        return host;
    }
    let host = host.split([',', '\\', '/']).next().unwrap_or_default();
    match host.strip_prefix('[') {
        Some(inner) => inner.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    }
}

/// Whether a host is the machine itself.
pub(super) fn is_local(host: &str) -> bool {
    matches!(host, "localhost" | "::1" | "(local)" | ".")
        || host.starts_with("127.")
        || host.starts_with('/')
        || host.starts_with("%2f")
}

fn parameter(text: &str, separators: &[char], keys: &[&str]) -> Option<String> {
    text.split(separators).find_map(|parameter| {
        let (key, value) = parameter.split_once('=')?;
        keys.contains(&key.trim()).then(|| value.trim().to_owned())
    })
}

/// Whether a URL's scheme is that of a relational database: `postgresql+asyncpg`, `jdbc:mysql`.
fn is_database(scheme: &str) -> bool {
    let scheme = scheme.strip_prefix("jdbc:").unwrap_or(scheme);
    let base = scheme.split(['+', ':']).next().unwrap_or_default();
    matches!(
        base,
        "postgres"
            | "postgresql"
            | "postgis"
            | "psql"
            | "pgsql"
            | "cockroachdb"
            | "mysql"
            | "mysql2"
            | "trilogy"
            | "mariadb"
            | "sqlserver"
            | "mssql"
            | "oracle"
    )
}

/// Whether a text is the URL of a relational database, or a connection string.
pub(super) fn is_of_database(text: &str) -> bool {
    match text.split_once("://") {
        Some((scheme, _)) => is_database(&scheme.to_ascii_lowercase()),
        None => ["host=", "server=", "data source="].iter().any(|key| text.to_ascii_lowercase().contains(key)),
    }
}

/// Whether a URL is written for `SQLAlchemy`, which alone names the driver in the scheme: `postgresql+asyncpg://`.
pub(super) fn is_sqlalchemy(text: &str) -> bool {
    let scheme = text.split("://").next().unwrap_or_default();
    text.contains("://") && scheme.contains('+') && is_database(&scheme.to_ascii_lowercase())
}

/// Whether a connection string is written for `Npgsql`: `Host=db;Database=app;Username=app`. Other libraries of .NET call
/// these `Server` and `User Id`. Source: npgsql/doc d04d8fd9, connection string parameters, read 2026-11-23.
pub(super) fn is_npgsql(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let has =
        |wanted: &str| lower.split(';').any(|part| part.split('=').next().is_some_and(|key| key.trim() == wanted));
    !text.contains("://") && has("host") && has("username")
}

/// The pool that a database's URL or connection string sets: `?connection_limit=5` (Prisma), `?pool=5` (Active Record),
/// `pool_max_conns=5` (pgx), `Maximum Pool Size=50` (Npgsql). A URL of anything else, such as a cache, sets none.
pub(super) fn pool(text: &str) -> Option<u64> {
    let lower = text.to_ascii_lowercase();
    let url = lower.split_once("://");
    if url.is_some_and(|(scheme, _)| !is_database(scheme)) {
        return None;
    }
    let is_string = url.is_none() && ["host=", "server=", "data source="].iter().any(|key| lower.contains(key));
    let parameters = match url {
        Some((_, rest)) => rest.split_once(['?', ';'])?.1,
        None if is_string => &lower,
        None => return None,
    };
    let separators: &[char] = if is_string && !lower.contains(';') { &[' '] } else { &['&', ';'] };
    parameters.split(separators).find_map(|parameter| {
        let (key, value) = parameter.split_once('=')?;
        let pools = match key.trim() {
            "connection_limit" | "pool" => !is_string,
            "pool_max_conns" => true,
            "max pool size" | "maximum pool size" | "maxpoolsize" => is_string,
            _ => false,
        };
        pools.then(|| value.trim().parse().ok()).flatten()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_machine_itself_in_all_spellings() {
        for text in [
            "localhost",
            "127.0.0.1",
            "127.0.0.1:6432",
            "::1",
            "/var/run/pgbouncer",
            "postgres://app:secret@localhost:6432/orders",
            "postgres://127.0.0.1:6432/orders",
            "postgres://[::1]:6432/orders",
            "postgres:///orders?host=/var/run/pgbouncer",
            "postgres:///orders",
            "postgresql://%2Fvar%2Frun%2Fpgbouncer/orders",
            "jdbc:postgresql://localhost:6432/orders",
            "Host=127.0.0.1;Port=6432;Database=orders;Username=app",
            "Server=tcp:localhost,1433;Database=orders",
            "host=/tmp port=6432 dbname=orders",
            "app:secret@tcp(127.0.0.1:3306)/orders",
            "app@unix(/run/mysqld.sock)/orders",
        ] {
            assert!(host(text).is_some_and(|host| is_local(&host)), "{text}: {:?}", host(text));
        }
        for text in
            ["db.example", "postgres://db.example/localhost", "jdbc:mysql://db.example:3306/x", "localhost.example"]
        {
            assert!(!host(text).is_some_and(|host| is_local(&host)), "{text}");
        }
    }

    #[test]
    fn only_a_database_has_a_pool_of_connections() {
        assert_eq!(pool("postgres://db/app?sslmode=require&pool_max_conns=25"), Some(25));
        assert_eq!(pool("postgresql+asyncpg://db/app?pool=7"), Some(7));
        assert_eq!(pool("host=db port=5432 pool_max_conns=9"), Some(9));
        assert_eq!(pool("Host=db;Maximum Pool Size=50"), Some(50));
        for text in
            ["redis://r:6379/0?pool=50", "amqp://mq/?pool=100", "mongodb://m/?maxPoolSize=100", "https://x/?pool=3"]
        {
            assert_eq!(pool(text), None, "{text}");
        }
    }
}
