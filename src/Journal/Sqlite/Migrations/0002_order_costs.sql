-- What each approved order was expected to cost, and what it costs: its latest state. first_seq is where it was first written.

CREATE TABLE order_costs (
    account TEXT NOT NULL, client_order_id TEXT NOT NULL, symbol TEXT NOT NULL, strategy TEXT NOT NULL, purpose TEXT NOT NULL, side TEXT NOT NULL,
    quantity TEXT NOT NULL, arrival_price TEXT NOT NULL, decision_price TEXT, forecast_bps REAL, forecast_basis TEXT NOT NULL,
    filled TEXT NOT NULL, average_price TEXT, bps REAL, delay_quote TEXT, spread_quote TEXT, impact_quote TEXT, opportunity_quote TEXT,
    fees TEXT NOT NULL, is_over INTEGER NOT NULL, state BLOB NOT NULL, time_ms INTEGER NOT NULL, first_seq INTEGER NOT NULL, seq INTEGER NOT NULL,
    PRIMARY KEY (account, client_order_id)
) WITHOUT ROWID;
CREATE INDEX order_costs_first ON order_costs (first_seq);
CREATE INDEX order_costs_seq ON order_costs (seq);
CREATE INDEX order_costs_open ON order_costs (account, symbol) WHERE is_over = 0;
