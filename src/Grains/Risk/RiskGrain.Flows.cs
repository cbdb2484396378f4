using Granary.Engine.Reconciliation;
using Granary.Engine.Risk;
using Granary.Grains.Interfaces.Execution;
using Granary.Grains.Interfaces.Risk;
using Granary.Journal.Records;
using Granary.Venues.Ports;
using Microsoft.Extensions.Logging;

namespace Granary.Grains.Risk;

/// <summary>
/// The wallet besides fills. What the user stream names (funding, a deposit) is booked as that: funding is profit or loss of the day, a transfer is neither and no
/// drawdown. What nobody names shows as a difference to the venue's wallet, and is booked as another flow once it has been seen twice.
/// </summary>
public sealed partial class RiskGrain
{
    private const string FundingFee = "FUNDING_FEE";

    private static readonly HashSet<string> Transfers = new(StringComparer.Ordinal)
    {
        "DEPOSIT", "WITHDRAW", "WITHDRAW_REJECT", "ADMIN_DEPOSIT", "ADMIN_WITHDRAW", "MARGIN_TRANSFER", "ASSET_TRANSFER", "COIN_SWAP_DEPOSIT", "COIN_SWAP_WITHDRAW",
    };

    private (string Reason, long TimeMs, decimal Amount) _lastFlow;
    private long _statedMs;
    private decimal _unnamed;
    private long _unnamedMs = long.MinValue / 2;

    /// <summary>How long a named flow may come after the difference that it explains: a minute.</summary>
    private const long NamedLateMs = 60_000;

    /// <inheritdoc/>
    public async ValueTask OnAccount(AccountNotice notice)
    {
        TakePositions(notice.Positions);
        foreach (var balance in notice.Balances.Where(b => b.Asset == MarginAsset))
        {
            var amount = balance.Change is not 0 and { } change ? change : balance.WalletBalance - _funds.Venue;
            _funds.Venue = balance.WalletBalance;
            if (notice.Reason == FundingFee || Transfers.Contains(notice.Reason)) await BookNamedAsync(notice.Reason, amount, notice.TimeMs);
        }

        _view = MakeView();
    }

    private async Task BookNamedAsync(string reason, decimal amount, long timeMs)
    {
        // Before the books are open, the wallet that they open with contains it.
        if (!_funds.IsOpen || amount == 0) return;
        var isFunding = reason == FundingFee;
        if (_lastFlow != (reason, timeMs, amount))
        {
            _lastFlow = (reason, timeMs, amount);
            var isBooked = _unnamed == amount && NowMs - _unnamedMs < NamedLateMs;
            _funds.Name(amount, isFunding, isBooked);
            _unnamed = 0;

            // Later than the last statement, so that it counts, and stated at once, so that it counts once. A nameless difference was profit or loss to the gate
            // already: a transfer that turns up behind it changes nothing there.
            var countedMs = Math.Max(timeMs, _statedMs + 1);
            if (isFunding) _gate.OnFunding(amount, countedMs);
            else if (!isBooked) _gate.OnTransfer(amount, countedMs);
            StateWallet(countedMs);
            _walletDoubt = null;
            LogNamed(_account, reason, amount);
        }

        // Durable at once: a repeat of the notice after a failure comes this far again.
        await _journal.AppendAsync([MakeSnapshot()], _epoch);
        await NoticeChangesAsync();
    }

    private void StateWallet(long timeMs)
    {
        _statedMs = Math.Max(_statedMs, timeMs);
        _gate.OnWallet(_funds.Wallet, _statedMs);
    }

    private async Task CompareWalletAsync()
    {
        try
        {
            var before = FillCount();
            var balances = await _ports.GetAccount(_account).GetBalancesAsync(CancellationToken.None);
            var venue = balances.FirstOrDefault(b => b.Asset == MarginAsset)?.WalletBalance ?? 0;
            foreach (var symbol in _symbols) await TakeAsync(await GrainFactory.GetGrain<IExecutionGrain>($"{_account}/{symbol}").GetView());
            if (FillCount() != before) return;
            _funds.Venue = venue;
            if (!_funds.IsOpen && _books.Count == _symbols.Length && _books.Values.All(b => b.Ready))
            {
                // Durable at once: every later wallet is counted from this one.
                _funds.Open(venue);
                await SaveAsync(CancellationToken.None);
                LogOpened(_account, venue);
            }
            else if (_funds.IsOpen)
            {
                (var flow, _walletDoubt) = WalletComparison.Compare(_funds.Wallet, venue, before, _walletDoubt);
                if (flow is { } difference) await BookDifferenceAsync(difference);
            }

            if (_funds.IsOpen) StateWallet(_marketTimeMs > 0 ? _marketTimeMs : NowMs);
        }
        catch (VenueException e)
        {
            LogReconcileFailed(e, _account, "wallet");
        }
    }

    private const string MarginAsset = "USDT";
    private WalletDoubt? _walletDoubt;

    private long FillCount() => _books.Values.Sum(b => b.FillCount);

    private async Task BookDifferenceAsync(decimal difference)
    {
        _funds.AddFlow(difference);
        (_unnamed, _unnamedMs) = (difference, NowMs);
        _walletDoubt = null;
        LogFlow(_account, difference);
        _gate.OnIncident(IncidentKind.ReconcileDifference, Math.Abs(difference), NowMs);
        await _journal.EnqueueAsync(
            [
                new IncidentRecord(
                    $"account {_account}", "WalletDifference", $"the venue's wallet differs by {difference} {MarginAsset} from the books, and no fill explains it",
                    "booked as other flow (funding, transfer)", $"wallet {_funds.Wallet}", NowMs),
            ],
            null);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "account {Account}: books opened with a wallet of {Wallet} USDT")]
    private partial void LogOpened(string account, decimal wallet);

    [LoggerMessage(Level = LogLevel.Warning, Message = "account {Account}: the venue's wallet changed by {Amount} USDT without a fill; booked as other flow")]
    private partial void LogFlow(string account, decimal amount);

    [LoggerMessage(Level = LogLevel.Information, Message = "account {Account}: {Reason} of {Amount} USDT")]
    private partial void LogNamed(string account, string reason, decimal amount);
}
