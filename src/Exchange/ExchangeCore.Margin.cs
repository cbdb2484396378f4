using Granary.Exchange.Accounts;
using Granary.Exchange.Contracts;

namespace Granary.Exchange;

/// <summary>Margin settings, transfers, and what they are asked for.</summary>
public sealed partial class ExchangeCore
{
    /// <inheritdoc/>
    public IReadOnlyList<LeverageBracket> GetBrackets(string symbol)
    {
        lock (_gate) return _ledger.Brackets[Symbol(symbol).Index].Brackets;
    }

    /// <inheritdoc/>
    public MarginSettings GetSettings(string account, string symbol)
    {
        lock (_gate) return Book(account, symbol).ToSettings();
    }

    /// <inheritdoc/>
    public bool IsHedgeMode(string account)
    {
        lock (_gate) return Account(account).IsHedged;
    }

    /// <inheritdoc/>
    public CommissionRates GetCommission(string account)
    {
        lock (_gate) return Account(account).Commission;
    }

    /// <inheritdoc/>
    public void SetHedgeMode(string account, bool isHedged)
    {
        lock (_gate)
        {
            var state = Account(account);
            if (state.IsHedged == isHedged) throw Refusals.SamePositionMode();
            if (state.Symbols.Any(b => b.Orders.Count != 0) || _desk.Conditionals.WaitingCount(state.Name) != 0) throw Refusals.PositionModeWithOrders();
            if (state.Symbols.Any(b => !b.IsFlat)) throw Refusals.PositionModeWithPosition();
            Run(() =>
            {
                state.IsHedged = isHedged;
                _ledger.Touch(state, _host.MarketTimeMs);
            });
        }
    }

    /// <inheritdoc/>
    public MarginSettings SetLeverage(string account, string symbol, int leverage)
    {
        lock (_gate)
        {
            var book = Book(account, symbol);
            if (leverage < 1 || leverage > book.Brackets.LeverageMax) throw Refusals.LeverageNotValid(leverage);
            if (leverage != book.Leverage) ChangeLeverage(book, leverage);
            return book.ToSettings();
        }
    }

    /// <inheritdoc/>
    public void SetMarginType(string account, string symbol, MarginType type)
    {
        lock (_gate)
        {
            var book = Book(account, symbol);
            if (book.MarginType == type) throw Refusals.SameMarginType();
            if (book.Orders.Count != 0) throw Refusals.MarginTypeWithOrders();
            if (!book.IsFlat) throw Refusals.MarginTypeWithPosition();
            Run(() =>
            {
                book.MarginType = type;
                Changed(book, "MARGIN_TYPE_CHANGE");
            });
        }
    }

    /// <inheritdoc/>
    public void MovePositionMargin(string account, string symbol, PositionSide side, decimal amount)
    {
        lock (_gate)
        {
            var book = Book(account, symbol);
            if (amount == 0) throw Refusals.AmountNotPositive();
            if (book.Account.IsHedged == (side == PositionSide.Both)) throw Refusals.WrongPositionSide();
            if (!book.IsIsolated) throw Refusals.NotIsolated();
            var leg = book.Leg(side);
            if (leg.IsFlat) throw Refusals.MissingPosition();
            if (amount > 0 && amount > MarginModel.WithdrawMax(book.Account)) throw Refusals.CrossBalanceTooSmall();
            // What stays must carry the position's initial margin, after losses.
            if (amount < 0 && Math.Min(leg.IsolatedWallet, leg.IsolatedBalance) + amount < MarginModel.PositionMargin(leg)) throw Refusals.IsolatedBalanceTooSmall();
            Run(() => _ledger.MoveMargin(leg, amount, _host.MarketTimeMs));
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<PositionMarginMove> GetPositionMarginMoves(string account, string symbol)
    {
        lock (_gate)
        {
            var book = Book(account, symbol);
            return [.. book.Account.MarginMoves.Where(move => move.Symbol == book.Symbol.Name)];
        }
    }

    /// <inheritdoc/>
    public ExchangeWallet Transfer(string account, decimal amount)
    {
        lock (_gate)
        {
            var state = Account(account);
            if (amount == 0) throw Refusals.AmountNotPositive();
            if (decimal.Round(amount, 8) != amount) throw Refusals.Precision();
            if (amount < 0 && -amount > MarginModel.WithdrawMax(state)) throw Refusals.BalanceTooSmall();
            Run(() => _ledger.Transfer(state, amount, _host.MarketTimeMs));
            return MarginModel.ToContract(state);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<IncomeRecord> GetIncome(string account, string? symbol, string? type, long startMs, long endMs, int limit)
    {
        lock (_gate)
        {
            return
            [
                .. Account(account).Income
                    .Where(i => i.TimeMs >= startMs && i.TimeMs <= endMs && (symbol is null || i.Symbol == symbol) && (type is null || i.Type == type)).Take(limit),
            ];
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<ExchangeOrder> GetForceOrders(string account, string? symbol)
    {
        lock (_gate)
        {
            return
            [
                .. Account(account).Finished.Where(o => o.Origin != OrderOrigin.User && (symbol is null || o.Symbol.Name == symbol)).Select(o => o.ToContract()),
            ];
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<FundingRecord> GetFundingRates(string symbol, long startMs, long endMs, int limit)
    {
        lock (_gate) return [.. Symbol(symbol).Fundings.Where(f => f.TimeMs >= startMs && f.TimeMs <= endMs).Take(limit)];
    }

    /// <inheritdoc/>
    public ExchangeTotals GetTotals()
    {
        lock (_gate)
        {
            decimal wallets = 0, cost = 0, deposits = _ledger.House.InsuranceInitial, withdrawals = 0;
            foreach (var account in _ledger.Accounts)
            {
                wallets += account.Balance;
                deposits += account.Initial + account.Deposits;
                withdrawals += account.Withdrawals;
                foreach (var book in account.Symbols)
                    foreach (var leg in book.Legs) cost += leg.Cost;
            }
            var house = _ledger.House;
            return new ExchangeTotals(wallets, cost, house.Clearing, house.Insurance, house.Fees, house.FundingPool, deposits, withdrawals);
        }
    }

    /// <summary>
    /// Closes a position, or a part of it, as the exchange itself does: liquidates it, deleverages it for another account's sake, or settles the contract. Outside
    /// the market, at the mark price, without commission.
    /// </summary>
    /// <param name="account">Whose.</param>
    /// <param name="symbol">In which symbol; one-way mode.</param>
    /// <param name="origin">Why; not the account itself.</param>
    /// <param name="quantity">Base units, above 0, at most the position; null for all of it.</param>
    /// <returns>The order by which it was closed.</returns>
    /// <exception cref="ExchangeException">There is no such position, or not as much of it.</exception>
    public ExchangeOrder ForceClose(string account, string symbol, OrderOrigin origin, decimal? quantity = null)
    {
        if (origin == OrderOrigin.User) throw new ArgumentOutOfRangeException(nameof(origin), origin, "expected a reason of the exchange");
        lock (_gate)
        {
            var leg = Book(account, symbol).Leg(PositionSide.Both);
            if (leg.IsFlat) throw Refusals.MissingPosition();
            var closed = quantity ?? Math.Abs(leg.Quantity);
            if (closed <= 0 || closed > Math.Abs(leg.Quantity)) throw Refusals.QuantityAboveMax();
            ExchangeOrder? order = null;
            Run(() =>
            {
                var price = leg.Symbol.MarkOrLast;
                var forced = _ledger.AcceptForced(leg, closed, price, origin, _host.MarketTimeMs);
                _ledger.Settle(forced, price, price, forced.RemainingE8, _host.MarketTimeMs);
                order = forced.ToContract();
            });
            return order!;
        }
    }

    private SymbolAccount Book(string account, string symbol) => Account(account).Symbols[Symbol(symbol).Index];

    private void ChangeLeverage(SymbolAccount book, int leverage)
    {
        if (book.IsIsolated && !book.IsFlat && leverage < book.Leverage) throw Refusals.LeverageReduction();
        var max = book.Brackets.NotionalMax(leverage);
        foreach (var leg in book.Legs)
            if (MarginModel.LegMargin(leg) * book.Leverage > max) throw Refusals.PositionTooLarge();
        var before = MarginModel.SymbolMargin(book) - (book.IsIsolated ? MarginModel.PositionMargin(book) : 0);
        if (leverage < book.Leverage && (before * book.Leverage / leverage) - before > MarginModel.Free(book.Account)) throw Refusals.LeverageTooSmall();
        Run(() =>
        {
            book.LeverageChosen = leverage;
            Changed(book, null);
        });
    }

    private void Changed(SymbolAccount book, string? reason)
    {
        book.IsDirty = true;
        var timeMs = _host.MarketTimeMs;
        if (reason is null)
        {
            _pending.Settings(book.Account.Name, book.ToSettings());
            _ledger.Touch(book.Account, timeMs);
            return;
        }
        _ledger.AccountChanged(book.Account, reason, 0, timeMs, book.Account.IsHedged ? [book.Legs[1], book.Legs[2]] : [book.Legs[0]]);
    }
}
