using Granary.Exchange.Contracts;

namespace Granary.Exchange.Conditional;

/// <summary>The venue's refusals of amendments, conditional orders, price matches and good-till dates.</summary>
internal static class DeskRefusals
{
    public static ExchangeException AmendNotTrading() => new(-5024, "Symbol is not in trading status. Order amendment is not permitted.");

    public static ExchangeException AmendLimitOnly() => new(-5025, "Only limit order is supported.");

    public static ExchangeException AmendSide() => new(-1117, "Invalid side.");

    public static ExchangeException TooManyAmendments() => new(-5026, "Exceed maximum modify order limit.");

    public static ExchangeException NothingToAmend() => new(-5027, "No need to modify the order.");

    public static ExchangeException NoDepthToMatch() => new(-5041, "No depth matches this BBO order");

    public static ExchangeException TriggersAtOnce() => new(-2021, "Order would immediately trigger.");

    public static ExchangeException CallbackRate() => new(-2007, "Invalid callBack rate.");

    public static ExchangeException TriggerPriceNotPositive() => new(-4006, "Stop price less than zero.");

    public static ExchangeException TooManyConditionals() => new(-4045, "Reach max stop order limit.");

    public static ExchangeException CloseExists() =>
        new(-4130, "An open stop or take profit order with GTE and closePosition in the direction is existing.");
}
