namespace Granary.Backtest.Parity;

/// <summary>What makes two runs of the same decisions differ.</summary>
public enum DifferenceKind
{
    /// <summary>Orders take their time: fills, and what follows from them, come at another moment within the allowed time.</summary>
    Latency,

    /// <summary>Fills at another price that the market showed meanwhile, or within spread and slippage of it.</summary>
    Price,

    /// <summary>
    /// A resting order that one side's queue filled and the other's did not, or not as far: it was amended, crossed or given up otherwise, at other fees.
    /// </summary>
    Fill,

    /// <summary>Another size, in the proportion of the equities that earlier fills led to.</summary>
    Equity,

    /// <summary>An order that only one side has, because its position was another one since an explained difference.</summary>
    Path,

    /// <summary>Nothing that the fill model knows: the engines decided differently.</summary>
    Unexplained,
}
