using Granary.Engine.Margin;

namespace Granary.Venues.Ports;

/// <summary>
/// What an account has set. Setting what is set already is a success. A setting is sent again after a transient failure, because it says how things are to
/// be; margin,
/// which says by how much they are to change, is sent once. Every member throws <see cref="VenueException"/> when the venue does not answer or refuses.
/// </summary>
public interface IAccountSettingsPort
{
    /// <summary>Modes and permissions.</summary>
    ValueTask<AccountModes> GetAccountModesAsync(CancellationToken cancellationToken);

    /// <summary>Leverage and margin type of one symbol, or with null of all.</summary>
    ValueTask<IReadOnlyList<SymbolSettings>> GetSymbolSettingsAsync(string? symbol, CancellationToken cancellationToken);

    /// <summary>Leverage ladders of one symbol, or with null of all; those that do not fit together are left out and logged.</summary>
    ValueTask<IReadOnlyList<LeverageBrackets>> GetLeverageBracketsAsync(string? symbol, CancellationToken cancellationToken);

    /// <summary>Sets a symbol's leverage, 1 to 125. Returns the largest notional at it, quote units.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside that range.</exception>
    ValueTask<decimal> SetLeverageAsync(string symbol, int leverage, CancellationToken cancellationToken);

    /// <summary>Sets whether a symbol's positions have a margin of their own.</summary>
    ValueTask SetMarginTypeAsync(string symbol, bool isIsolated, CancellationToken cancellationToken);

    /// <summary>Whether long and short positions of a symbol are held at once.</summary>
    ValueTask<bool> GetHedgeModeAsync(CancellationToken cancellationToken);

    /// <summary>Sets it; the engine needs false.</summary>
    ValueTask SetHedgeModeAsync(bool isHedgeMode, CancellationToken cancellationToken);

    /// <summary>Whether other assets than a symbol's serve as margin.</summary>
    ValueTask<bool> GetMultiAssetsAsync(CancellationToken cancellationToken);

    /// <summary>Sets that they do not, which the engine needs.</summary>
    ValueTask DisableMultiAssetsAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Adds to the margin of an isolated position, or with a negative amount takes from it. Sent once: after a failure the position must be asked for.
    /// </summary>
    /// <param name="symbol">Upper-case symbol.</param>
    /// <param name="amount">Quote units, not 0.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentOutOfRangeException">The amount is 0.</exception>
    ValueTask ChangePositionMarginAsync(string symbol, decimal amount, CancellationToken cancellationToken);
}
