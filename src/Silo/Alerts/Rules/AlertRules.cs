namespace Granary.Silo.Alerts.Rules;

/// <summary>The rules that raise alerts. The names are stable.</summary>
public static class AlertRules
{
    /// <summary>A connection to the venue is lost.</summary>
    public const string Disconnect = "Disconnect";

    /// <summary>A stream brings nothing, or what it brings is not trusted.</summary>
    public const string StaleStream = "StaleStream";

    /// <summary>The outcome of an order is unknown.</summary>
    public const string UnknownOrder = "UnknownOrder";

    /// <summary>Books and venue differed.</summary>
    public const string ReconcileDifference = "ReconcileDifference";

    /// <summary>A limit is used up, or a rule stops entries.</summary>
    public const string LimitHit = "LimitHit";

    /// <summary>What a model or a backtest expected is not what is seen.</summary>
    public const string ModelDrift = "ModelDrift";

    /// <summary>Equity has fallen far from its highest.</summary>
    public const string Drawdown = "Drawdown";

    /// <summary>Prices need not move far for the account to be liquidated.</summary>
    public const string LiquidationDistance = "LiquidationDistance";

    /// <summary>A grain does not answer.</summary>
    public const string StuckGrain = "StuckGrain";

    /// <summary>The disk is full, or the journal or the tape could not be written.</summary>
    public const string Disk = "Disk";

    /// <summary>An account or the engine was stopped.</summary>
    public const string Stopped = "Stopped";

    /// <summary>The protection of a position is not as it should be.</summary>
    public const string Protection = "Protection";

    /// <summary>Somebody else trades on the account.</summary>
    public const string ForeignOrder = "ForeignOrder";

    /// <summary>An operator tries the channels.</summary>
    public const string Test = "Test";
}
