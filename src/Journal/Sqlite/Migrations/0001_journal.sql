-- seq is the place of a record in the whole journal: one counter for all tables, so that the order between tables is kept.
-- Decimals are text, exactly as computed and without trailing zeros; times are milliseconds since the Unix epoch, UTC; flags are 0 or 1.

CREATE TABLE order_events (
    seq INTEGER PRIMARY KEY,
    account TEXT NOT NULL, client_order_id TEXT NOT NULL, sequence INTEGER NOT NULL, symbol TEXT NOT NULL, strategy TEXT NOT NULL,
    intent_id TEXT NOT NULL, purpose TEXT NOT NULL, side TEXT NOT NULL, type TEXT NOT NULL, time_in_force TEXT NOT NULL,
    quantity TEXT NOT NULL, price TEXT, reduce_only INTEGER NOT NULL, atr REAL, stop_price TEXT,
    status TEXT NOT NULL, venue_order_id INTEGER NOT NULL, executed_quantity TEXT NOT NULL, detail TEXT NOT NULL,
    market_time_ms INTEGER NOT NULL, time_ms INTEGER NOT NULL
);
CREATE INDEX order_events_order ON order_events (account, client_order_id);

-- The latest state of each order; first_seq is where it was first written.
CREATE TABLE orders (
    account TEXT NOT NULL, client_order_id TEXT NOT NULL, sequence INTEGER NOT NULL, symbol TEXT NOT NULL, strategy TEXT NOT NULL,
    intent_id TEXT NOT NULL, purpose TEXT NOT NULL, side TEXT NOT NULL, type TEXT NOT NULL, time_in_force TEXT NOT NULL,
    quantity TEXT NOT NULL, price TEXT, reduce_only INTEGER NOT NULL, atr REAL, stop_price TEXT,
    status TEXT NOT NULL, venue_order_id INTEGER NOT NULL, executed_quantity TEXT NOT NULL, detail TEXT NOT NULL,
    market_time_ms INTEGER NOT NULL, time_ms INTEGER NOT NULL,
    first_seq INTEGER NOT NULL, last_seq INTEGER NOT NULL, is_live INTEGER NOT NULL,
    PRIMARY KEY (account, client_order_id)
) WITHOUT ROWID;
CREATE INDEX orders_live ON orders (account, first_seq) WHERE is_live = 1;
CREATE INDEX orders_account ON orders (account, first_seq);
CREATE INDEX orders_seq ON orders (first_seq);
CREATE INDEX orders_sequence ON orders (account, sequence);

CREATE TABLE fills (
    seq INTEGER PRIMARY KEY,
    account TEXT NOT NULL, symbol TEXT NOT NULL, trade_id INTEGER NOT NULL, client_order_id TEXT NOT NULL, venue_order_id INTEGER NOT NULL,
    strategy TEXT NOT NULL, side TEXT NOT NULL, price TEXT NOT NULL, quantity TEXT NOT NULL, fee TEXT NOT NULL, fee_asset TEXT NOT NULL,
    realized_pnl TEXT NOT NULL, is_maker INTEGER NOT NULL, time_ms INTEGER NOT NULL
);
CREATE UNIQUE INDEX fills_trade ON fills (account, symbol, trade_id);
CREATE INDEX fills_account ON fills (account, seq);

CREATE TABLE decisions (
    seq INTEGER PRIMARY KEY,
    account TEXT NOT NULL, symbol TEXT NOT NULL, strategy TEXT NOT NULL, intent_id TEXT NOT NULL, kind TEXT NOT NULL, side TEXT NOT NULL,
    strength REAL, bar_index INTEGER NOT NULL, outcome TEXT NOT NULL, reason TEXT NOT NULL, detail TEXT NOT NULL, why TEXT NOT NULL,
    features TEXT NOT NULL, market_time_ms INTEGER NOT NULL, time_ms INTEGER NOT NULL
);
-- A decision said again (after a restart, by a repeated call) stays one row; the same intent refused for another reason, or approved later, is a new one.
CREATE UNIQUE INDEX decisions_intent ON decisions (account, intent_id, outcome, reason) WHERE intent_id <> '';
CREATE INDEX decisions_symbol ON decisions (symbol, seq);
CREATE INDEX decisions_refused ON decisions (account, time_ms) WHERE outcome = 'Refused';

-- Every state of every position; the one with the highest seq is in force.
CREATE TABLE positions (
    seq INTEGER PRIMARY KEY,
    account TEXT NOT NULL, symbol TEXT NOT NULL, quantity TEXT NOT NULL, cost_basis TEXT NOT NULL, realized_pnl TEXT NOT NULL, fees TEXT NOT NULL,
    last_trade_id INTEGER NOT NULL, strategy TEXT NOT NULL, guard BLOB NOT NULL, time_ms INTEGER NOT NULL
);
CREATE INDEX positions_symbol ON positions (account, symbol, seq);

CREATE TABLE equity (
    seq INTEGER PRIMARY KEY,
    account TEXT NOT NULL, wallet TEXT NOT NULL, unrealized_pnl TEXT NOT NULL, state TEXT NOT NULL, time_ms INTEGER NOT NULL
);
CREATE INDEX equity_account ON equity (account, seq);

CREATE TABLE incidents (
    seq INTEGER PRIMARY KEY,
    scope TEXT NOT NULL, kind TEXT NOT NULL, seen TEXT NOT NULL, done TEXT NOT NULL, result TEXT NOT NULL, time_ms INTEGER NOT NULL
);

CREATE TABLE trading_states (
    seq INTEGER PRIMARY KEY,
    account TEXT NOT NULL, state TEXT NOT NULL, reason TEXT NOT NULL, who TEXT NOT NULL, time_ms INTEGER NOT NULL
);
CREATE INDEX trading_states_account ON trading_states (account, seq);

CREATE TABLE snapshots (
    owner TEXT NOT NULL PRIMARY KEY, bytes BLOB NOT NULL, time_ms INTEGER NOT NULL, seq INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE epochs (
    owner TEXT NOT NULL PRIMARY KEY, number INTEGER NOT NULL, acquired_ms INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE meta (
    name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL
) WITHOUT ROWID;
