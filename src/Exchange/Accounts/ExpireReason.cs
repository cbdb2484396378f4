namespace Granary.Exchange.Accounts;

/// <summary>Values of the er field.</summary>
internal static class ExpireReason
{
    public const int SelfTrade = 1;
    public const int ImmediateRemainder = 2;
    public const int ReduceOnly = 4;
    public const int Liquidation = 5;
    public const int MarketRemainder = 9;
}
