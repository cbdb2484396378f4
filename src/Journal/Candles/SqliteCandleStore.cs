using Dapper;
using Granary.Engine.Market;
using Granary.Journal.Sqlite;
using Granary.Journal.Sqlite.Tables;
using Microsoft.Data.Sqlite;

namespace Granary.Journal.Candles;

/// <summary>
/// Candles in one SQLite file of their own: they can be fetched again, so neither their size nor their loss shall concern the journal. One connection, one call
/// at a time.
/// </summary>
public sealed class SqliteCandleStore : ICandleStore, IDisposable
{
    /// <summary>Its name in the folder.</summary>
    public const string FileName = "candles.db";

    private const string Schema = """
        CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS candle (
            symbol TEXT NOT NULL, open_ms INTEGER NOT NULL, open TEXT NOT NULL, high TEXT NOT NULL, low TEXT NOT NULL, close TEXT NOT NULL,
            volume TEXT NOT NULL, quote_volume TEXT NOT NULL, trades INTEGER NOT NULL, taker_volume TEXT NOT NULL, taker_quote_volume TEXT NOT NULL,
            PRIMARY KEY (symbol, open_ms)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS run (close_ms INTEGER PRIMARY KEY, body TEXT NOT NULL);
        """;

    private const string InsertCandle = """
        INSERT OR REPLACE INTO candle (symbol, open_ms, open, high, low, close, volume, quote_volume, trades, taker_volume, taker_quote_volume)
        VALUES (@symbol, @openMs, @open, @high, @low, @close, @volume, @quoteVolume, @trades, @takerVolume, @takerQuoteVolume)
        """;

    private const string SelectCandles = """
        SELECT open_ms, open, high, low, close, volume, quote_volume, trades, taker_volume, taker_quote_volume
        FROM candle WHERE symbol = @symbol ORDER BY open_ms DESC LIMIT @count
        """;

    // Of each symbol, what is older than the newest so many.
    private const string DropOldCandles = """
        DELETE FROM candle WHERE symbol = @symbol AND open_ms <
            (SELECT min(open_ms) FROM (SELECT open_ms FROM candle WHERE symbol = @symbol ORDER BY open_ms DESC LIMIT @kept))
        """;

    private const string DropOldRuns =
        "DELETE FROM run WHERE close_ms < (SELECT min(close_ms) FROM (SELECT close_ms FROM run ORDER BY close_ms DESC LIMIT @kept))";

    private readonly CandleStoreOptions _options;
    private readonly string _file;
    private readonly SqliteConnection _connection;
    private readonly object _gate = new();

    static SqliteCandleStore() => SQLitePCL.Batteries_V2.Init();

    private SqliteCandleStore(CandleStoreOptions options, string file, SqliteConnection connection) =>
        (_options, _file, _connection) = (options, file, connection);

    /// <inheritdoc/>
    public KlineInterval Interval => _options.Interval;

    /// <summary>Opens the store of a folder, and creates it when there is none.</summary>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    /// <exception cref="JournalException">The file cannot be opened, is damaged, or holds candles of another length; the message says so.</exception>
    public static SqliteCandleStore Open(CandleStoreOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var file = Path.Combine(options.Folder, FileName);
        SqliteConnection? connection = null;
        try
        {
            Directory.CreateDirectory(options.Folder);
            connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
            connection.Open();
            connection.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;");
            connection.Execute(Schema);
            connection.Execute("INSERT INTO meta (name, value) VALUES ('interval', @code) ON CONFLICT (name) DO NOTHING", new { code = options.Interval.Code });
            var stored = connection.ExecuteScalar<string>("SELECT value FROM meta WHERE name = 'interval'");
            if (stored != options.Interval.Code)
                throw new JournalException($"{file}: holds candles of {stored}, wanted are {options.Interval.Code}; name another folder or move the file away");
            return new SqliteCandleStore(options, file, connection);
        }
        catch (Exception error) when (error is SqliteException or IOException or UnauthorizedAccessException or JournalException)
        {
            connection?.Dispose();
            throw SqliteErrors.Translate(file, "open the candles", error);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<Kline> Read(string symbol, int count) => Guard("read candles", () =>
    {
        var candles = new List<Kline>();
        using var row = _connection.ExecuteReader(SelectCandles, new { symbol, count });
        while (row.Read())
        {
            var openMs = row.GetInt64(0);
            candles.Add(new Kline(
                openMs, Cells.ReadDecimal(row, 1), Cells.ReadDecimal(row, 2), Cells.ReadDecimal(row, 3), Cells.ReadDecimal(row, 4), Cells.ReadDecimal(row, 5),
                openMs + Interval.DurationMs - 1, Cells.ReadDecimal(row, 6), row.GetInt32(7), Cells.ReadDecimal(row, 8), Cells.ReadDecimal(row, 9)));
        }
        candles.Reverse();
        return (IReadOnlyList<Kline>)candles;
    });

    /// <inheritdoc/>
    public long? LastOpenMs(string symbol) =>
        Guard("read candles", () => _connection.ExecuteScalar<long?>("SELECT max(open_ms) FROM candle WHERE symbol = @symbol", new { symbol }));

    /// <inheritdoc/>
    public void Append(string symbol, IReadOnlyList<Kline> candles)
    {
        ArgumentException.ThrowIfNullOrEmpty(symbol);
        ArgumentNullException.ThrowIfNull(candles);
        foreach (var candle in candles)
        {
            if (candle.OpenTimeMs % Interval.DurationMs != 0)
                throw new ArgumentException($"the candle of {symbol} at {candle.OpenTimeMs} does not open at a multiple of {Interval.Code}", nameof(candles));
        }
        if (candles.Count == 0) return;
        Guard("store candles", () =>
        {
            using var transaction = _connection.BeginTransaction();
            _connection.Execute(InsertCandle, candles.Select(candle => new
            {
                symbol,
                openMs = candle.OpenTimeMs,
                open = Cells.Decimal(candle.Open),
                high = Cells.Decimal(candle.High),
                low = Cells.Decimal(candle.Low),
                close = Cells.Decimal(candle.Close),
                volume = Cells.Decimal(candle.Volume),
                quoteVolume = Cells.Decimal(candle.QuoteVolume),
                trades = candle.TradeCount,
                takerVolume = Cells.Decimal(candle.TakerBuyVolume),
                takerQuoteVolume = Cells.Decimal(candle.TakerBuyQuoteVolume),
            }), transaction);
            _connection.Execute(DropOldCandles, new { symbol, kept = _options.CandlesMax }, transaction);
            transaction.Commit();
            return 0;
        });
    }

    /// <inheritdoc/>
    public void AppendRun(long closeMs, string body)
    {
        ArgumentNullException.ThrowIfNull(body);
        Guard("store a selection", () =>
        {
            using var transaction = _connection.BeginTransaction();
            _connection.Execute("INSERT OR REPLACE INTO run (close_ms, body) VALUES (@closeMs, @body)", new { closeMs, body }, transaction);
            _connection.Execute(DropOldRuns, new { kept = _options.RunsMax }, transaction);
            transaction.Commit();
            return 0;
        });
    }

    /// <inheritdoc/>
    public IReadOnlyList<StoredRun> ReadRuns(int count) => Guard("read selections", () =>
    {
        var runs = new List<StoredRun>();
        using var row = _connection.ExecuteReader("SELECT close_ms, body FROM run ORDER BY close_ms DESC LIMIT @count", new { count });
        while (row.Read()) runs.Add(new StoredRun(row.GetInt64(0), row.GetString(1)));
        return (IReadOnlyList<StoredRun>)runs;
    });

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        lock (_gate) _connection.Dispose();
    }

    private T Guard<T>(string action, Func<T> work)
    {
        lock (_gate)
        {
            try
            {
                return work();
            }
            catch (Exception error) when (error is SqliteException or FormatException or OverflowException)
            {
                throw SqliteErrors.Translate(_file, action, error);
            }
        }
    }
}
