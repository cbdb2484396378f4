using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Granary.Engine.Market;
using Granary.Engine.Orders;
using Granary.Engine.Snapshots;
using Granary.Exchange.Accounts;
using Granary.Exchange.Conditional;
using Granary.Exchange.Contracts;
using Granary.Exchange.Markets;
using Granary.Exchange.State;
using Microsoft.Extensions.Logging;

namespace Granary.Exchange;

/// <summary>
/// The exchange: accounts, matching and a market behind one gate. Every operation (an order, a cancel, one market event) runs alone; its effects
/// are made durable in one record, then its events are handed out, then it returns.
/// <para>Why a kill at any instruction is safe: an operation's effects on accounts, together with the cursors of the symbols they happened in, are one
/// checksummed record, so they are there as a whole or not at all. The trades that a synthetic market printed are part of that record; the files of the
/// history are made from the log and follow it: on opening, what they hold beyond the log is cut off and what they lack is added. Between two records of a
/// recorded market no account changed, so it may print the trades after the last cursor again: they have the same ids, and what they did to accounts before,
/// if anything, is behind the cursor by construction.</para>
/// <para>Margin is checked when an order comes. After every operation, within it, due funding is charged and positions are held against their maintenance
/// margin, so that no account is ever seen below it.</para>
/// <para>If a record cannot be written the exchange stops answering (-1001, HTTP 503): memory would be ahead of what survives.</para>
/// </summary>
public sealed partial class ExchangeCore : IExchange, IDisposable
{
    private readonly Lock _gate = new();
    private readonly ExchangeOptions _options;
    private readonly TimeProvider _time;
    private readonly IExchangeEvents _events;
    private readonly PendingEvents _pending = new();
    private readonly ListedSymbol[] _symbols;
    private readonly Dictionary<string, ListedSymbol> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ExchangeAccount> _byKey = new(StringComparer.Ordinal);
    private readonly Ledger _ledger;
    private readonly StateStore? _store;
    private readonly SnapshotWriter _writer = new();
    private readonly IMarket _market;
    private readonly ExchangeHost _host;
    private readonly Settlement _settlement;
    private readonly ILogger _logger;
    private string? _broken;

    /// <summary>Opens the exchange: restores its state, puts resting orders back, prepares the market. Nothing moves until the driver is stepped.</summary>
    /// <param name="options">Options; checked here.</param>
    /// <param name="marketFactory">Makes the market; <see cref="MarketFactory.Create"/> unless a test brings its own.</param>
    /// <param name="events">Receives what happens.</param>
    /// <param name="time">The protocol clock.</param>
    /// <param name="logger">Receives notes on recovery and failure.</param>
    /// <exception cref="ArgumentException">An option is wrong.</exception>
    /// <exception cref="InvalidDataException">A file of brackets, profiles or latencies is wrong; file and place are named.</exception>
    /// <exception cref="IOException">Such a file cannot be read.</exception>
    /// <exception cref="StateException">The folder is in use or damaged.</exception>
    public ExchangeCore(
        ExchangeOptions options, Func<ExchangeOptions, IMarket> marketFactory, IExchangeEvents events, TimeProvider time, ILogger<ExchangeCore> logger)
    {
        options = WithFiles(options);
        options.Validate();
        _options = options;
        _events = events;
        _time = time;
        _logger = logger;
        Symbols = [.. options.Symbols];
        _symbols = new ListedSymbol[options.Symbols.Count];
        var historyMax = (int)Math.Min((long)options.HistorySegmentTrades * options.HistorySegmentsMax, 100_000_000);
        for (var i = 0; i < _symbols.Length; i++)
        {
            _symbols[i] = new ListedSymbol(i, options.Symbols[i], new MemoryTradeHistory(historyMax));
            _byName.Add(_symbols[i].Name, _symbols[i]);
        }
        _ledger = new Ledger(options, _symbols, _pending);
        _desk = new OrderDeskState(_symbols, _pending);
        foreach (var account in options.Accounts) _byKey.Add(account.ApiKey, account);
        _market = marketFactory(options);
        if (options.Latency is { } latency) _latency = new LatencyModel(latency, options.Seed);
        _host = new ExchangeHost(options, _symbols, _ledger, _pending, time);
        _settlement = new Settlement(_ledger, _desk.Conditionals, _host, _pending);
        Driver = new GatedDriver(this);
        try
        {
            if (options.DataPath is { } folder)
            {
                _store = StateStore.Open(folder, record => StateCodec.Apply(record, _ledger, _desk));
                if (_store.DroppedBytes > 0)
                    _logger.LogWarning("{Path}: {Bytes} bytes of an unfinished record were dropped", _store.LogPath, _store.DroppedBytes);
                if (options.Market == MarketKind.Synthetic) OpenHistories(Path.Combine(folder, "trades"));
                foreach (var symbol in _symbols) symbol.Unwritten.Clear();
            }
            _market.Open(_host);
            // What the market did to get ready is the past; its first step publishes quotes anew.
            _pending.Clear();
            _host.Conditionals = _desk.Conditionals;
            _desk.Conditionals.Resume();
            _nextDueMs = 0;
            foreach (var symbol in _symbols) symbol.Ticker = default;
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Drives the market; each step takes the exchange's gate. One caller at a time.</summary>
    public IMarketDriver Driver { get; }

    /// <inheritdoc/>
    public long ServerTimeMs => _time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <inheritdoc/>
    public long MarketTimeMs
    {
        get
        {
            lock (_gate) return _host.MarketTimeMs;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<SymbolRules> Symbols { get; }

    /// <inheritdoc/>
    public MarketProgress Progress
    {
        get
        {
            lock (_gate) return new MarketProgress(_market.Kind, _symbols.Sum(s => s.State.Printed), _market.IsFinished, _market.Error);
        }
    }

    /// <inheritdoc/>
    public ExchangeAccount? FindAccount(string apiKey) => _byKey.GetValueOrDefault(apiKey);

    /// <inheritdoc/>
    public ExchangeOrder Place(string account, NewOrder order) => Send(() => PlaceArrived(account, order));

    /// <inheritdoc/>
    public ExchangeOrder Cancel(string account, string symbol, long orderId, string? clientOrderId) => Send(() =>
    {
        var order = Account(account).Find(Symbol(symbol).Name, orderId, clientOrderId);
        if (order is not { IsOpen: true }) throw Refusals.UnknownOrder();
        return Run(order.Symbol, () => CancelOpen(order));
    });

    /// <inheritdoc/>
    public IReadOnlyList<ExchangeOrder> CancelAll(string account, string symbol) => Send<IReadOnlyList<ExchangeOrder>>(() =>
    {
        var listed = Symbol(symbol);
        var orders = Account(account).Symbols[listed.Index].Orders.ToArray();
        return orders.Length == 0 ? [] : Run(listed, () => Array.ConvertAll(orders, CancelOpen));
    });

    /// <inheritdoc/>
    public ExchangeOrder GetOrder(string account, string symbol, long orderId, string? clientOrderId)
    {
        lock (_gate) return (Account(account).Find(Symbol(symbol).Name, orderId, clientOrderId) ?? throw Refusals.NoSuchOrder()).ToContract();
    }

    /// <inheritdoc/>
    public IReadOnlyList<ExchangeOrder> GetOpenOrders(string account, string? symbol)
    {
        lock (_gate) return [.. Books(account, symbol).SelectMany(b => b.Orders).Select(o => o.ToContract())];
    }

    /// <inheritdoc/>
    public IReadOnlyList<ExchangePosition> GetPositions(string account, string? symbol)
    {
        lock (_gate) return [.. Books(account, symbol).SelectMany(b => b.Legs).Where(IsShown).Select(MarginModel.ToContract)];
    }

    /// <inheritdoc/>
    public ExchangeWallet GetWallet(string account)
    {
        lock (_gate) return MarginModel.ToContract(Account(account));
    }

    /// <inheritdoc/>
    public IReadOnlyList<ExchangeFill> GetUserTrades(string account, string symbol, long fromTradeId, int limit)
    {
        lock (_gate)
        {
            var fills = Book(account, symbol).Fills;
            var from = fromTradeId < 0 ? Math.Max(0, fills.Count - limit) : FirstFrom(fills, fromTradeId);
            var result = new ExchangeFill[Math.Max(0, Math.Min(limit, fills.Count - from))];
            for (var i = 0; i < result.Length; i++) result[i] = fills[from + i];
            return result;
        }
    }

    /// <inheritdoc/>
    public ExchangeAudit GetAudit(string account)
    {
        lock (_gate)
        {
            var state = Account(account);
            return new ExchangeAudit(
                state.Name, MarginModel.ToContract(state), GetPositions(account, null),
                [.. state.Finished.Concat(state.Symbols.SelectMany(b => b.Orders)).OrderBy(o => o.OrderId).Select(o => o.ToContract())],
                GetConditionals(account), [.. _desk.Amendments.Where(each => each.Account == state.Name).Select(each => each.Amendment)],
                [.. state.Symbols.SelectMany(b => b.Fills)], [.. state.Income]);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<AggTrade> GetAggTrades(string symbol, long fromId, int limit)
    {
        lock (_gate) return Symbol(symbol).History.Read(fromId, limit);
    }

    /// <inheritdoc/>
    public DepthSnapshot GetDepth(string symbol, int limit)
    {
        lock (_gate) return Symbol(symbol).Venue!.Depth(limit, _host.MarketTimeMs);
    }

    /// <inheritdoc/>
    public BookTicker GetBookTicker(string symbol)
    {
        lock (_gate) return Symbol(symbol).Venue!.Ticker(_host.MarketTimeMs);
    }

    /// <inheritdoc/>
    public MarkPrice GetMarkPrice(string symbol)
    {
        lock (_gate) return Symbol(symbol).Mark;
    }

    /// <summary>SHA-256 over accounts, orders, fills and counters, as upper-case hexadecimal text: equal states have equal digests.</summary>
    public string StateDigest()
    {
        lock (_gate) return Convert.ToHexString(SHA256.HashData(Everything()));
    }

    /// <summary>Closes the files. The state needs no closing: a kill is as good.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _broken ??= "the exchange is closed";
            (_market as IDisposable)?.Dispose();
            foreach (var symbol in _symbols) symbol?.History.Dispose();
            _store?.Dispose();
        }
    }

    /// <summary>The options with what their files hold.</summary>
    private static ExchangeOptions WithFiles(ExchangeOptions options)
    {
        if (options.BracketPath is { } bracketPath)
        {
            var brackets = new Dictionary<string, IReadOnlyList<LeverageBracket>>(options.Brackets, StringComparer.Ordinal);
            foreach (var (symbol, table) in BracketFile.Load(bracketPath)) brackets[symbol] = table;
            options = options with { Brackets = brackets };
        }
        if (options.ProfilePath is not { } profilePath) return options;
        var read = SyntheticProfileFile.Load(profilePath);
        return options with { Profiles = [.. options.Profiles.Where(p => read.All(r => r.Symbol != p.Symbol)), .. read] };
    }

    private ExchangeOrder PlaceArrived(string account, NewOrder order)
    {
        var state = Account(account);
        var symbol = Symbol(order.Symbol);
        order = Priced(symbol, order);
        var (limitE8, workableE8) = CheckOrder(state, symbol, order);
        if (order.Terms.GoodTillMs != 0) _nextDueMs = Math.Min(_nextDueMs, order.Terms.GoodTillMs);
        return Run(symbol, () =>
        {
            var accepted = _ledger.Accept(state, symbol, order, _host.MarketTimeMs);
            symbol.Venue!.Submit(accepted, limitE8, workableE8);
            return accepted.ToContract();
        });
    }

    private static int FirstFrom(BoundedList<ExchangeFill> fills, long tradeId)
    {
        var low = 0;
        var high = fills.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (fills[middle].TradeId < tradeId) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    /// <summary>Brings the histories to where the log is.</summary>
    private void OpenHistories(string folder)
    {
        foreach (var symbol in _symbols)
        {
            var history = new FileTradeHistory(folder, symbol.Name, _options.HistorySegmentTrades, _options.HistorySegmentsMax);
            symbol.History = history;
            symbol.LogsTrades = true;
            if (_ledger.LogsTrades)
            {
                history.TrimAfter(symbol.State.LastAggId);
                var lacking = symbol.Unwritten.FindIndex(t => history.Last is not { } last || t.Id > last.Id);
                if (lacking >= 0) history.Append(CollectionsMarshal.AsSpan(symbol.Unwritten)[lacking..]);
            }
            else if (history.Last is { } last && last.Id > symbol.State.LastAggId)
            {
                // A log from before trades were logged: the history is ahead of it, and what it holds was published.
                symbol.State.Printed += last.Id - symbol.State.LastAggId;
                symbol.State.Take(in last);
                symbol.IsDirty = true;
            }
        }
    }

    private AccountState Account(string account)
    {
        if (_broken is { } reason) throw Refusals.Broken(reason);
        return _ledger.Find(account) ?? throw Refusals.UnknownAccount();
    }

    private ListedSymbol Symbol(string symbol) => _byName.GetValueOrDefault(symbol) ?? throw Refusals.BadSymbol();

    private SymbolAccount[] Books(string account, string? symbol)
    {
        var books = Account(account).Symbols;
        return symbol is null ? books : [books[Symbol(symbol).Index]];
    }

    private static bool IsShown(PositionState leg) => !leg.IsFlat || leg.Owner.Orders.Exists(o => o.PositionSide == leg.Side);

    /// <summary>Every check of an order; returns the price it may trade to and how much of it may trade.</summary>
    private (long LimitE8, long WorkableE8) CheckOrder(AccountState account, ListedSymbol symbol, NewOrder order)
    {
        var mark = symbol.MarkOrLast;
        OrderChecks.Filters(symbol.Rules, order, mark);
        if (order.ClientOrderId is { } id && account.Find(symbol.Name, 0, id) is { IsOpen: true }) throw Refusals.DuplicateClientId();
        CheckMode(account, order.PositionSide, order.ReduceOnly);
        var book = account.Symbols[symbol.Index];
        var leg = book.Leg(order.PositionSide);
        if (book.Orders.Count >= symbol.Rules.OrdersMax) throw Refusals.TooManyOrders();
        var quantityE8 = Fixed8.FromDecimal(order.Quantity);
        var workableE8 = quantityE8;
        if (order.ReduceOnly || AccountOrder.Reduces(order.PositionSide, order.Side))
        {
            var openE8 = Fixed8.FromDecimal(Math.Abs(leg.Quantity));
            if (Math.Sign(leg.Quantity) != -(int)order.Side || (account.IsHedged && quantityE8 > openE8)) throw Refusals.ReduceOnlyRejected();
            workableE8 = Math.Min(quantityE8, openE8);
        }
        var venue = symbol.Venue!;
        var ticker = venue.Ticker(_host.MarketTimeMs);
        var opposite = order.Side == OrderSide.Buy ? ticker.AskPrice : ticker.BidPrice;
        var limitE8 = order.Type == OrderType.Limit ? Fixed8.FromDecimal(order.Price) : MarketLimit(symbol.Rules, order.Side, mark, opposite);
        MarginModel.CheckOrder(leg, order, opposite);
        if (order.Type != OrderType.Limit) return (limitE8, workableE8);
        if (order.TimeInForce == TimeInForce.Gtx && venue.WouldTake(order.Side, limitE8)) throw Refusals.PostOnlyWouldTake();
        if (order.TimeInForce != TimeInForce.Fok) return (limitE8, workableE8);
        if (workableE8 < quantityE8 || !venue.CanFill(account.Owner, order.Side, limitE8, quantityE8, order.Terms.SelfTrade)) throw Refusals.FokNotFilled();
        return (limitE8, workableE8);
    }

    private static void CheckMode(AccountState account, PositionSide side, bool reduceOnly)
    {
        if (account.IsHedged == (side == PositionSide.Both)) throw Refusals.WrongPositionSide();
        if (account.IsHedged && reduceOnly) throw Refusals.ReduceOnlyNotRequired();
    }

    private long MarketLimit(SymbolRules rules, OrderSide side, decimal mark, decimal opposite)
    {
        if (mark == 0) return Fixed8.FromDecimal(side == OrderSide.Buy ? rules.PriceMax : Math.Max(rules.PriceMin, rules.TickSize));
        var beyond = side == OrderSide.Buy ? opposite > mark * rules.MultiplierUp : opposite != 0 && opposite < mark * rules.MultiplierDown;
        if (beyond) throw Refusals.CounterpartyOutsideBand();
        return Fixed8.FromDecimal(side == OrderSide.Buy
            ? Math.Min(rules.PriceMax, rules.FloorPrice(mark * (1 + _options.MarketTakeBound)))
            : Math.Max(rules.TickSize, rules.CeilingPrice(mark * (1 - _options.MarketTakeBound))));
    }

    private ExchangeOrder CancelOpen(AccountOrder order)
    {
        order.Symbol.Venue!.Remove(order);
        _ledger.End(order, OrderStatus.Canceled, 0, _host.MarketTimeMs);
        return order.ToContract();
    }

    private T Run<T>(ListedSymbol symbol, Func<T> operation)
    {
        T result;
        try
        {
            result = operation();
            _host.PublishTicker(symbol, symbol.Venue!.Ticker(_host.MarketTimeMs));
            Commit();
        }
        catch (Exception e)
        {
            Break(e);
            throw;
        }
        _pending.PublishTo(_events);
        RunDue();
        return result;
    }

    private void Run(Action operation)
    {
        try
        {
            operation();
            Commit();
        }
        catch (Exception e)
        {
            Break(e);
            throw;
        }
        _pending.PublishTo(_events);
        RunDue();
    }

    private void StepMarket()
    {
        if (_broken is { } reason) throw Refusals.Broken(reason);
        try
        {
            _market.Step();
            Commit();
        }
        catch (Exception e)
        {
            Break(e);
            throw;
        }
        _pending.PublishTo(_events);
        RunDue();
    }

    private void Commit()
    {
        _settlement.Run();
        foreach (var order in _ledger.ChangedOrders)
            if (order.Terms.AlgoId != 0) _desk.Conditionals.OnOrder(order);
        var isLogged = _ledger.HasChanges || _desk.HasChanges;
        foreach (var symbol in _symbols)
        {
            symbol.IsDirty |= symbol.LogsTrades && symbol.Unwritten.Count != 0;
            isLogged |= symbol.IsDirty;
        }
        if (isLogged && _store is not null)
        {
            _writer.Reset();
            StateCodec.Write(_writer, _ledger, _desk, everything: false);
            _store.Append(_writer.Written);
        }
        foreach (var symbol in _symbols)
        {
            if (symbol.Unwritten.Count == 0) continue;
            symbol.History.Append(CollectionsMarshal.AsSpan(symbol.Unwritten));
            symbol.Unwritten.Clear();
        }
        if (!isLogged) return;
        _ledger.ClearChanges();
        _desk.ClearChanges();
        foreach (var symbol in _symbols) symbol.IsDirty = false;
        if (_store is not null && _store.LogBytes > _options.LogBytesMax) _store.Snapshot(Everything());
    }

    private ReadOnlySpan<byte> Everything()
    {
        _writer.Reset();
        StateCodec.Write(_writer, _ledger, _desk, everything: true);
        return _writer.Written;
    }

    private void Break(Exception e)
    {
        _pending.Clear();
        if (_broken is not null) return;
        _broken = "the exchange has stopped: " + e.Message;
        _logger.LogCritical(e, "the exchange has stopped; what is on disk is consistent, start it again");
    }

    /// <summary>The market as its driver sees it.</summary>
    private sealed class GatedDriver(ExchangeCore core) : IMarketDriver
    {
        public string Kind => core._market.Kind;

        public MarketProgress Progress => core.Progress;

        public void Start()
        {
            lock (core._gate) core._market.Start();
        }

        public long? NextTimeMs()
        {
            lock (core._gate) return core._market.NextTimeMs();
        }

        public void Step()
        {
            lock (core._gate) core.StepSeen();
        }
    }
}
