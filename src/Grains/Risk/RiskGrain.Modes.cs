using Granary.Venues.Ports;

namespace Granary.Grains.Risk;

/// <summary>The mode in which the venue keeps the account's positions: the books have one position a symbol, so that an account in hedge mode is not traded.</summary>
public sealed partial class RiskGrain
{
    private const string HedgeMode =
        "the account is in hedge mode, which is not supported: close its positions and switch it to one-way mode (POST positionSide/dual with false)";

    private string? _modeFault = "the account's position mode is not known yet";

    /// <summary>Asks until the venue says one-way mode; an account that was switched by its owner is found by the audit.</summary>
    private async Task CheckModeAsync(CancellationToken cancellationToken)
    {
        if (_modeFault is null) return;
        if (_ports.FindSettings(_account) is not { } settings)
        {
            _modeFault = null;
            return;
        }

        try
        {
            var modes = await settings.GetAccountModesAsync(cancellationToken);
            var fault = modes.IsHedgeMode ? HedgeMode : null;
            if (fault is not null && fault != _modeFault)
                await _journal.EnqueueAsync([Incident("PositionMode", fault, "nothing is opened and nothing is sent", "Recovering until it is switched")], null);
            _modeFault = fault;
        }
        catch (VenueException e)
        {
            _modeFault = $"the account's position mode could not be asked for: {e.Message}";
        }
    }
}
