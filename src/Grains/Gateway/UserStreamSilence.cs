using Granary.Grains.Interfaces.Execution;
using Granary.Grains.Supervision;
using Granary.Journal.Records;
using Granary.Venues.Ports;

namespace Granary.Grains.Gateway;

/// <summary>
/// Tells a silent user stream from an account on which nothing happens: the books come to know of fills by asking the venue, and a stream that has said nothing
/// at all since one that it should have told is dead, however healthy its connection looks. One that loses some events and tells others is not given up.
/// </summary>
/// <param name="account">The account.</param>
/// <param name="symbols">Symbols that it trades.</param>
/// <param name="grains">Makes references to the grains.</param>
/// <param name="port">Shows fills with their times.</param>
/// <param name="findings">Told what is found.</param>
/// <param name="time">The clock.</param>
/// <param name="giveUp">Gives the connection up; another one is made.</param>
internal sealed class UserStreamSilence(
    string account, IReadOnlyList<string> symbols, IGrainFactory grains, IAccountPort port, WatchdogFindings findings, TimeProvider time, Action giveUp)
{
    /// <summary>How long events may come after the fill was found by asking: two looks.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(4);

    /// <summary>How far the venue's clock may be off ours.</summary>
    private const long ClockMarginMs = 3_000;

    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, long> _told = new(StringComparer.Ordinal);
    private bool _isConnected;
    private bool _isNew;
    private long _eventMs;
    private bool _isSilent;

    private string Scope => $"account {account} user stream";

    /// <summary>The stream said something.</summary>
    /// <param name="symbol">Whom it concerned; empty for the account.</param>
    /// <param name="tradeId">The fill that it told; 0 for none.</param>
    public void OnEvent(string symbol, long tradeId)
    {
        bool wasSilent;
        lock (_gate)
        {
            _eventMs = time.GetUtcNow().ToUnixTimeMilliseconds();
            if (tradeId > 0) _told[symbol] = Math.Max(_told.GetValueOrDefault(symbol), tradeId);
            (wasSilent, _isSilent) = (_isSilent, false);
        }

        if (wasSilent)
            findings.Resolve(IncidentKinds.StreamHeard, IncidentKinds.StreamSilent, Scope, "it tells events again", "books and venue have been compared");
    }

    /// <summary>The stream was lost, or is back and books and venue have been compared: what happened before that it does not tell.</summary>
    public void OnConnection(bool connected)
    {
        lock (_gate) (_isConnected, _isNew) = (connected, true);
    }

    /// <summary>Watches until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        (string Symbol, long TradeId)? before = null;
        while (true)
        {
            await Task.Delay(Interval, time, cancellationToken);
            var behind = await LookAsync();
            if (behind is var (symbol, tradeId) && behind == before)
            {
                behind = null;
                if (await IsSilentSinceAsync(symbol, tradeId, cancellationToken))
                {
                    lock (_gate) (_isSilent, _isConnected) = (true, false);
                    findings.Raise(
                        IncidentKinds.StreamSilent, Scope, $"it has told nothing since before fill {tradeId} in {symbol}, which the venue shows",
                        "given up and connected anew, with a new key", "Recovering until books and venue have been compared");
                    giveUp();
                }
            }

            before = behind;
        }
    }

    /// <summary>Whether nothing at all has come since the fill happened; where something has, the fill's own event was lost and is not waited for.</summary>
    private async Task<bool> IsSilentSinceAsync(string symbol, long tradeId, CancellationToken cancellationToken)
    {
        try
        {
            var fill = (await port.GetUserTradesAsync(symbol, tradeId, 1, cancellationToken)).FirstOrDefault(f => f.TradeId == tradeId);
            lock (_gate)
            {
                if (fill is not null && _eventMs + ClockMarginMs < fill.TimeMs) return _isConnected;
                _told[symbol] = Math.Max(tradeId, _told.GetValueOrDefault(symbol));
                return false;
            }
        }
        catch (VenueException)
        {
            // Asked again at the look after the next.
            return false;
        }
    }

    /// <summary>A symbol whose books know a fill that the stream has not told, and that fill; null when there is none, or nothing is to be expected.</summary>
    private async Task<(string Symbol, long TradeId)?> LookAsync()
    {
        (string, long)? found = null;
        foreach (var symbol in symbols)
        {
            long known;
            try
            {
                known = (await grains.GetGrain<IExecutionGrain>($"{account}/{symbol}").GetView()).LastTradeId;
            }
            catch (Exception)
            {
                // The watchdog's own question finds what does not answer; here it says nothing.
                continue;
            }

            lock (_gate)
            {
                if (!_isConnected) return null;
                if (_isNew) _told[symbol] = Math.Max(known, _told.GetValueOrDefault(symbol));
                else if (known > _told.GetValueOrDefault(symbol)) found ??= (symbol, known);
            }
        }

        lock (_gate) _isNew = false;
        return found;
    }
}
