"""All SQL of the vault: its tables, how older ones are brought up to date, and its questions.

Lists are read in pages (``LIMIT``) after a key, so that no reader holds the file's lock for long.
"""

MIGRATIONS: dict[int, tuple[str, ...]] = {
    1: (
        "CREATE TABLE schema_version (version INTEGER NOT NULL) STRICT",
        "INSERT INTO schema_version VALUES (0)",
        "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT",
        """CREATE TABLE identities (
            id INTEGER PRIMARY KEY,
            kind TEXT NOT NULL,
            number INTEGER NOT NULL CHECK (number > 0),
            register_ref TEXT UNIQUE,
            created_for TEXT,
            merged_into INTEGER REFERENCES identities (id),
            UNIQUE (kind, number)
        ) STRICT""",
        """CREATE TABLE aliases (
            id INTEGER PRIMARY KEY,
            identity_id INTEGER NOT NULL REFERENCES identities (id),
            normalised TEXT NOT NULL CHECK (normalised <> ''),
            text TEXT NOT NULL,
            source TEXT NOT NULL,
            UNIQUE (normalised, identity_id)
        ) STRICT""",
        "CREATE INDEX aliases_by_identity ON aliases (identity_id)",
        """CREATE TABLE transcripts (
            transcript_id TEXT PRIMARY KEY,
            relative_path TEXT NOT NULL,
            content_digest TEXT NOT NULL,
            fingerprint TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('new', 'done', 'withheld')),
            reason TEXT NOT NULL,
            run_id TEXT NOT NULL,
            outputs TEXT NOT NULL,
            size INTEGER NOT NULL,
            mtime_ns INTEGER NOT NULL
        ) STRICT""",
        """CREATE TABLE originals (
            id INTEGER PRIMARY KEY,
            transcript_id TEXT NOT NULL,
            entity_type TEXT NOT NULL,
            text TEXT NOT NULL,
            recalled INTEGER NOT NULL,
            identity_id INTEGER REFERENCES identities (id)
        ) STRICT""",
        "CREATE INDEX originals_by_transcript ON originals (transcript_id)",
        "CREATE INDEX originals_by_identity ON originals (identity_id)",
        "CREATE INDEX originals_by_text ON originals (entity_type, text)",
    ),
    2: (
        """CREATE TABLE accounts (
            name TEXT PRIMARY KEY,
            password_hash TEXT NOT NULL,
            roles TEXT NOT NULL,
            disabled INTEGER NOT NULL CHECK (disabled IN (0, 1)),
            failures INTEGER NOT NULL CHECK (failures >= 0),
            locked_until TEXT NOT NULL
        ) STRICT""",
        """CREATE TABLE lookups (
            id INTEGER PRIMARY KEY,
            at TEXT NOT NULL,
            account TEXT NOT NULL REFERENCES accounts (name),
            pseudonym TEXT NOT NULL,
            reason TEXT NOT NULL CHECK (reason <> '')
        ) STRICT""",
        """CREATE TABLE registers (
            digest TEXT PRIMARY KEY,
            people TEXT NOT NULL
        ) STRICT""",
    ),
    3: (
        """CREATE TABLE releases (
            release_id TEXT PRIMARY KEY,
            state TEXT NOT NULL,
            requested_by TEXT NOT NULL REFERENCES accounts (name),
            requested_at TEXT NOT NULL,
            recipient TEXT NOT NULL,
            purpose TEXT NOT NULL,
            files TEXT NOT NULL,
            folder TEXT NOT NULL,
            manifest TEXT NOT NULL
        ) STRICT""",
        """CREATE TABLE release_reviews (
            release_id TEXT NOT NULL REFERENCES releases (release_id),
            account TEXT NOT NULL REFERENCES accounts (name),
            files_digest TEXT NOT NULL,
            at TEXT NOT NULL,
            PRIMARY KEY (release_id, account, files_digest)
        ) STRICT""",
        """CREATE TABLE release_votes (
            id INTEGER PRIMARY KEY,
            release_id TEXT NOT NULL REFERENCES releases (release_id),
            account TEXT NOT NULL REFERENCES accounts (name),
            decision TEXT NOT NULL,
            reason TEXT NOT NULL,
            files TEXT NOT NULL,
            at TEXT NOT NULL,
            void INTEGER NOT NULL CHECK (void IN (0, 1))
        ) STRICT""",
        "CREATE UNIQUE INDEX one_vote ON release_votes (release_id, account) WHERE void = 0",
        """CREATE TABLE pending_events (
            id INTEGER PRIMARY KEY,
            key TEXT NOT NULL UNIQUE,
            log_size INTEGER NOT NULL,
            event TEXT NOT NULL
        ) STRICT""",
    ),
    4: (
        """CREATE TABLE decisions (
            id INTEGER PRIMARY KEY,
            at TEXT NOT NULL,
            account TEXT NOT NULL REFERENCES accounts (name),
            kind TEXT NOT NULL,
            reach TEXT NOT NULL,
            transcript_id TEXT NOT NULL,
            turn INTEGER NOT NULL,
            part TEXT NOT NULL,
            "start" INTEGER NOT NULL,
            "end" INTEGER NOT NULL,
            entity_type TEXT NOT NULL,
            text TEXT NOT NULL CHECK (text <> ''),
            identity_id INTEGER REFERENCES identities (id),
            void INTEGER NOT NULL CHECK (void IN (0, 1))
        ) STRICT""",
        """CREATE TABLE findings (
            transcript_id TEXT PRIMARY KEY,
            content_digest TEXT NOT NULL,
            fingerprint TEXT NOT NULL,
            annotations BLOB NOT NULL
        ) STRICT""",
    ),
    5: (
        """CREATE TABLE overviews (
            transcript_id TEXT PRIMARY KEY,
            words INTEGER NOT NULL,
            redactions TEXT NOT NULL,
            flags TEXT NOT NULL,
            uncertain INTEGER NOT NULL,
            by_person INTEGER NOT NULL,
            residual INTEGER,
            risk REAL NOT NULL
        ) STRICT""",
        """CREATE TABLE checks (
            id INTEGER PRIMARY KEY,
            at TEXT NOT NULL,
            account TEXT NOT NULL REFERENCES accounts (name),
            transcript_id TEXT NOT NULL,
            outputs TEXT NOT NULL
        ) STRICT""",
        "CREATE INDEX checks_by_transcript ON checks (transcript_id, outputs)",
        "CREATE INDEX transcripts_by_state ON transcripts (state, reason)",
    ),
    6: ("ALTER TABLE overviews ADD COLUMN residual_turns TEXT",),
}
"""What brings a vault of the version before to this version. Never change one that was shipped."""

LATEST = max(MIGRATIONS)

COUNT_TABLES = "SELECT count(*) FROM sqlite_master"
GET_VERSION = "SELECT version FROM schema_version"
SET_VERSION = "UPDATE schema_version SET version = ?"

GET_META = "SELECT value FROM meta WHERE name = ?"
SET_META = "INSERT INTO meta VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value"

ADD_IDENTITY = """INSERT INTO identities (kind, number, register_ref, created_for)
    SELECT ?1, coalesce(max(number), 0) + 1, ?2, ?3 FROM identities WHERE kind = ?1
    RETURNING id, kind, number, register_ref, created_for"""
GET_IDENTITY = """SELECT id, kind, number, register_ref, created_for FROM identities WHERE id = ?"""
IDENTITY_BY_REF = """SELECT coalesce(kept.id, found.id), coalesce(kept.kind, found.kind),
        coalesce(kept.number, found.number), found.register_ref,
        coalesce(kept.created_for, found.created_for)
    FROM identities found LEFT JOIN identities kept ON kept.id = found.merged_into
    WHERE found.register_ref = ?"""
IDENTITY_BY_NUMBER = """SELECT id, kind, number, register_ref, created_for FROM identities
    WHERE kind = ? AND number = ?"""
IDENTITIES = """SELECT id, kind, number, register_ref, created_for FROM identities
    WHERE id > ?1 AND merged_into IS NULL AND (?2 IS NULL OR kind = ?2) ORDER BY id LIMIT ?3"""
IDENTITIES_BY_ALIAS = """SELECT i.id, i.kind, i.number, i.register_ref, i.created_for
    FROM aliases a JOIN identities i ON i.id = a.identity_id
    WHERE a.normalised = ?1 AND (?2 IS NULL OR i.kind IN (SELECT value FROM json_each(?2)))
    ORDER BY i.id"""
BEARERS = """SELECT i.id, i.kind, i.number, i.register_ref, i.created_for
    FROM aliases a CROSS JOIN identities i ON i.id = a.identity_id
    WHERE a.normalised = ?1
        AND (?2 = '' OR instr(?2, '|' || i.kind || '|'))
        AND NOT instr(?3, '|' || i.kind || '|')
        AND (NOT ?4 OR i.register_ref IS NULL)
    ORDER BY a.identity_id LIMIT ?5"""
BARE_BEARERS = BEARERS.replace(
    "ORDER BY",
    """AND NOT EXISTS (SELECT 1 FROM aliases b
        WHERE b.identity_id = i.id AND instr(b.normalised, ' '))
    ORDER BY""",
)

IDENTITIES_AMONG = """SELECT i.id, i.kind, i.number, i.register_ref, i.created_for
    FROM json_each(?) asked CROSS JOIN identities i ON i.id = asked.value"""
ALIASES_AMONG = """SELECT a.identity_id, a.text
    FROM json_each(?) asked CROSS JOIN aliases a ON a.identity_id = asked.value ORDER BY a.id"""
TRANSCRIPTS_AMONG = """SELECT o.identity_id, count(DISTINCT o.transcript_id)
    FROM json_each(?) asked CROSS JOIN originals o ON o.identity_id = asked.value
    GROUP BY o.identity_id"""
SHARED_AMONG = """SELECT a.normalised FROM json_each(?1) asked
    CROSS JOIN aliases a ON a.normalised = asked.value
    CROSS JOIN identities i ON i.id = a.identity_id
    WHERE NOT instr(?2, '|' || i.kind || '|')
    GROUP BY a.normalised HAVING count(*) > 1"""

ADD_ALIAS = """INSERT INTO aliases (identity_id, normalised, text, source) VALUES (?, ?, ?, ?)
    ON CONFLICT DO NOTHING"""
ALIASES = """SELECT id, identity_id, normalised, text, source FROM aliases
    WHERE id > ?1 AND ?2 IS NULL ORDER BY id LIMIT ?3"""
ALIASES_OF = """SELECT id, identity_id, normalised, text, source FROM aliases
    WHERE id > ?1 AND identity_id = ?2 ORDER BY id LIMIT ?3"""

MERGE: tuple[str, ...] = (
    "UPDATE OR IGNORE aliases SET identity_id = ?1 WHERE identity_id = ?2",
    "DELETE FROM aliases WHERE identity_id = ?2 AND ?1 IS NOT NULL",
    "UPDATE originals SET identity_id = ?1 WHERE identity_id = ?2",
    "UPDATE decisions SET identity_id = ?1 WHERE identity_id = ?2",
    "UPDATE identities SET merged_into = ?1 WHERE id = ?2 OR merged_into = ?2",
)
IS_MERGED = "SELECT merged_into IS NOT NULL FROM identities WHERE id = ?"

DROP_ORIGINALS = "DELETE FROM originals WHERE transcript_id = ?"
ADD_ORIGINAL = """INSERT INTO originals (transcript_id, entity_type, text, identity_id, recalled)
    VALUES (?, ?, ?, ?, ?)"""
ORIGINALS = """SELECT id, transcript_id, entity_type, text, identity_id, recalled
    FROM originals
    WHERE id > ?1 AND ?2 IS NULL ORDER BY id LIMIT ?3"""
ORIGINALS_OF = """SELECT id, transcript_id, entity_type, text, identity_id, recalled
    FROM originals
    WHERE id > ?1 AND transcript_id = ?2 ORDER BY id LIMIT ?3"""
DISTINCT_ORIGINALS = """SELECT DISTINCT entity_type, text FROM originals
    WHERE (entity_type, text) > (?, ?) ORDER BY entity_type, text LIMIT ?"""
TRANSCRIPTS_OF = """SELECT DISTINCT transcript_id FROM originals WHERE identity_id = ?
    ORDER BY transcript_id"""

GET_ACCOUNT = "SELECT * FROM accounts WHERE name = ?"
PUT_ACCOUNT = """INSERT INTO accounts VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
    password_hash = excluded.password_hash, roles = excluded.roles, disabled = excluded.disabled,
    failures = excluded.failures, locked_until = excluded.locked_until"""
ACCOUNTS = "SELECT * FROM accounts WHERE name > ?1 AND ?2 IS NULL ORDER BY name LIMIT ?3"
GET_REGISTER = "SELECT digest, people FROM registers"
PUT_REGISTER = "INSERT INTO registers VALUES (?, ?)"
DROP_REGISTERS = "DELETE FROM registers"

IDENTITY_MEANT = """SELECT coalesce(merged_into, id) FROM identities
    WHERE kind = ?1 COLLATE NOCASE AND number = ?2"""
ADD_LOOKUP = "INSERT INTO lookups (at, account, pseudonym, reason) VALUES (?, ?, ?, ?)"

GET_TRANSCRIPT = "SELECT * FROM transcripts WHERE transcript_id = ?"
PUT_TRANSCRIPT = "INSERT OR REPLACE INTO transcripts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
FORGET = (
    DROP_ORIGINALS,
    "DELETE FROM findings WHERE transcript_id = ?",
    "DELETE FROM overviews WHERE transcript_id = ?",
    "DELETE FROM checks WHERE transcript_id = ?",
    "DELETE FROM decisions WHERE transcript_id = ? AND reach <> 'study'",
    "DELETE FROM transcripts WHERE transcript_id = ?",
)
TRANSCRIPTS = """SELECT * FROM transcripts
    WHERE transcript_id > ?1 AND (?2 IS NULL OR state = ?2) ORDER BY transcript_id LIMIT ?3"""
