using Granary.Engine.Margin;
using Granary.Engine.Market;
using Granary.Engine.Orders;
using Granary.Engine.Protection;
using Granary.Engine.Risk;
using Granary.Journal.Records;
using Granary.Venues.Ports;
using Microsoft.Extensions.Logging;

namespace Granary.Grains.Execution;

/// <summary>What the grid needs besides orders: its state after a restart, the candles of its levels, leverage and funding.</summary>
public sealed partial class ExecutionGrain
{
    private const int KlinesPerPage = 1_500;
    private const int IncomesPerPage = 1_000;
    private const long GridSettingRetryMs = 30_000;
    private const string FundingFee = "FUNDING_FEE";

    private long _gridBarsDueMs;
    private long _leverageNotBeforeMs;
    private bool _isLeverageTold;

    private void StartGrid()
    {
        var grid = _settings.Symbols.First(s => s.Symbol == _symbol).Grid;
        _desk = grid.Enabled ? new GridDesk(grid, _settings.EngineId, _account, _symbol) : null;
        (_gridBarsDueMs, _gridAgain, _isGridding) = (0, false, false);
    }

    /// <summary>Opens the grid where it is not yet, and takes the candles and the funding that have come up.</summary>
    /// <returns>Whether it is open.</returns>
    private async Task<bool> PrepareGridAsync(GridDesk desk)
    {
        if (NowMs < _gridBarsDueMs) return desk.Grid is not null;
        try
        {
            if (desk.Grid is null && !await OpenGridAsync(desk)) return false;
            await TakeBarsAsync(desk);
            await TakeFundingAsync(desk);
            await SaveAsync([GridRecord(desk)]);
            _gridBarsDueMs = NowMs - (NowMs % BarMs(desk)) + BarMs(desk) + GridRetryMs;
        }
        catch (VenueException e)
        {
            LogReconcileFailed(_account, _symbol, "grid candles and funding", e.Message);
            _gridBarsDueMs = NowMs + GridSettingRetryMs;
        }

        return desk.Grid is not null;
    }

    private static long BarMs(GridDesk desk) => desk.Settings.BarMinutes * 60_000L;

    private async Task<bool> OpenGridAsync(GridDesk desk)
    {
        if (_catalog.Find(_symbol) is not { } rules || !_ready) return false;
        var brackets = _catalog.FindBrackets(_symbol) ?? _settings.LeverageBrackets.FirstOrDefault(ladder => ladder.Symbol == _symbol)
            ?? LeverageBrackets.Flat(_symbol, _settings.Accounts.First(a => a.Name == _account).Limits.MaintenanceRate);
        var saved = await _journal.Reader.GetSnapshotAsync(GridOwner, _stopping.Token);
        var isLost = false;
        try
        {
            desk.Open(rules, brackets, saved?.Bytes);
        }
        catch (InvalidDataException e)
        {
            LogGridLost(_account, _symbol, e.Message);
            isLost = true;
            desk.Open(rules, brackets, null);
        }

        try
        {
            // Fills find their rungs only where there are levels.
            if (desk.LastBarMs == 0) await TakeBarsAsync(desk);
            if (desk.LastBarMs == 0)
            {
                desk.Close();
                return false;
            }

            if (isLost || saved is null) await RaiseNumberAsync(desk);
            await CatchUpAsync(desk);
        }
        catch (Exception)
        {
            desk.Close();
            throw;
        }

        desk.Synchronize(_tracker.Live, _sending);
        AlignGrid(desk);
        if (isLost)
        {
            await EnqueueIncidentAsync(
                "GridStateLost", "the grid's state could not be read", "levels made anew, fills attributed to the rungs that their orders' ids name",
                $"inventory {desk.Inventory}");
        }

        return true;
    }

    /// <summary>Without its state, the numbers that were used are those of the newest orders.</summary>
    private async Task RaiseNumberAsync(GridDesk desk)
    {
        foreach (var record in await _journal.Reader.GetOrdersAsync(_account, _symbol, OrdersRecalledMax, _stopping.Token))
            if (desk.IsOwn(record.ClientOrderId, out var id)) desk.RaiseNumber(id.Number);
    }

    /// <summary>Fills that the journal has and the grid's state does not; the last look finds none, and nothing comes in between then.</summary>
    private async Task CatchUpAsync(GridDesk desk)
    {
        var (seen, after) = (0L, 0L);
        while (seen < _books.FillCount)
        {
            var fills = await _journal.Reader.GetFillsAsync(_account, _symbol, after, JournalPageSize, _stopping.Token);
            if (fills.Count == 0) break;
            foreach (var record in fills)
            {
                after = record.Position;
                if (seen++ < desk.FillCount || !desk.IsOwn(record.ClientOrderId, out var id)) continue;
                var fill = ExecutionBooks.ToFill(record);
                desk.TakeFill(fill, in id, fill.Side);
            }
        }

        desk.FillCount = _books.FillCount;
    }

    /// <summary>Closed candles since the last one; of a symbol that has none yet, the last price stands for the first.</summary>
    private async Task TakeBarsAsync(GridDesk desk)
    {
        var barMs = BarMs(desk);
        var interval = KlineInterval.LongestOf(barMs);
        var closedMs = NowMs - (NowMs % barMs) - barMs;
        for (var from = Math.Max(desk.LastBarMs + barMs, closedMs - ((desk.Settings.Ladder.LookbackBars - 1) * barMs)); from <= closedMs;)
        {
            var page = await _market.GetKlinesAsync(_symbol, interval, from - (from % barMs), closedMs, KlinesPerPage, _stopping.Token);
            var before = desk.LastBarMs;
            foreach (var bar in page)
                if (bar.OpenTimeMs > desk.LastBarMs && bar.OpenTimeMs <= closedMs && bar.Low > 0) desk.OnBar(bar.OpenTimeMs, bar.High, bar.Low);
            if (desk.LastBarMs == before) break;
            from = desk.LastBarMs + barMs;
        }

        if (desk.LastBarMs == 0 && _lastPrice > 0) desk.OnBar(closedMs, _lastPrice, _lastPrice);
    }

    private async Task TakeFundingAsync(GridDesk desk)
    {
        var now = NowMs;
        if (desk.FundingMs == 0 || _ports.FindHistory(_account) is not { } history)
        {
            desk.OnFunding(0, now);
            return;
        }

        var incomes = await history.GetIncomeAsync(_symbol, FundingFee, desk.FundingMs + 1, now, IncomesPerPage, _stopping.Token);
        if (incomes.Count > 0) desk.OnFunding(incomes.Sum(income => income.Amount), incomes.Max(income => income.TimeMs));
    }

    /// <summary>Sets the leverage that the plan aims at, when all its commands are answered: the plan holds its bounds at the old and at the new one.</summary>
    private async Task SetLeverageAsync(GridDesk desk)
    {
        if (!desk.IsInformed || desk.Grid.Leverage == desk.Grid.LeverageTarget || NowMs < _leverageNotBeforeMs) return;
        if (desk.ToActual(_tracker.Live, _sending).Any(order => order.IsPending)) return;
        var target = desk.Grid.LeverageTarget;
        try
        {
            if (_ports.FindSettings(_account) is { } settings)
            {
                if (desk.Grid.Leverage == 0 && desk.Settings.Isolated && _books.Ledger.Quantity == 0) await settings.SetMarginTypeAsync(_symbol, isIsolated: true, _stopping.Token);
                await settings.SetLeverageAsync(_symbol, target, _stopping.Token);
            }

            desk.Grid.OnLeverage(target);
            _isLeverageTold = false;
            LogLeverage(_account, _symbol, target);
            await SaveAsync([GridRecord(desk)]);
            _gridAgain = true;
        }
        catch (VenueException e)
        {
            desk.Complaint = $"leverage {target} was not set: {e.Message}";
            _leverageNotBeforeMs = NowMs + GridSettingRetryMs;
            if (_isLeverageTold) return;
            _isLeverageTold = true;
            await EnqueueIncidentAsync(
                "GridLeverage", desk.Complaint, $"tried again every {GridSettingRetryMs / 1_000} seconds", $"leverage {desk.Grid?.Leverage}");
        }
    }

    /// <summary>The stop of what the grid holds: its global stop, which the engine works itself and the venue should the engine be gone.</summary>
    private StopTarget? GridTarget(decimal quantity, out string reason)
    {
        reason = "";
        if (_catalog.Find(_symbol) is not { } rules) reason = "the symbol's rules are not known yet";
        else if ((_desk?.StopFor(quantity) ?? _books.StopPrice) is not { } stop) reason = "the grid is not open yet";
        else if (!ClientOrderId.TryParse(_books.OpeningId, out _)) reason = "nothing is known of the approval that opened the position";
        else
        {
            var price = quantity > 0 ? rules.CeilingPrice(stop) : rules.FloorPrice(stop);
            if (price >= rules.PriceMin && price <= rules.PriceMax)
            {
                return new StopTarget(_books.OpeningId, quantity > 0 ? OrderSide.Sell : OrderSide.Buy, price, Math.Abs(quantity))
                {
                    IsShared = _books.Lots.External.Quantity != 0,
                };
            }

            reason = $"the stop would lie at {price}, where the venue takes none";
        }

        return null;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Account}/{Symbol}: the grid's state was not used; its fills find their rungs by their orders' ids: {Error}")]
    private partial void LogGridLost(string account, string symbol, string error);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Account}/{Symbol}: the grid's leverage is {Leverage}")]
    private partial void LogLeverage(string account, string symbol, int leverage);
}
