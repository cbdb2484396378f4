using System.Globalization;
using Granary.Exchange.Contracts;

namespace Granary.Exchange.Accounts;

/// <summary>The venue's refusals: code and message of each.</summary>
internal static class Refusals
{
    public static ExchangeException UnknownAccount() => new(-2015, "Invalid API-key, IP, or permissions for action.", 401);

    public static ExchangeException BadSymbol() => new(-1121, "Invalid symbol.");

    public static ExchangeException NotTrading() => new(-4140, "Invalid symbol status for opening position.");

    public static ExchangeException BadClientIdCharacters() =>
        new(-1100, "Illegal characters found in parameter 'newClientOrderId'; legal range is '^[\\.A-Z\\:/a-z0-9_-]{1,36}$'.");

    public static ExchangeException ClientIdTooLong() => new(-4015, "Client order id length should be less than 36 chars");

    public static ExchangeException Precision() => new(-1111, "Precision is over the maximum defined for this asset.");

    public static ExchangeException PriceNotPositive() => new(-4001, "Price less than 0.");

    public static ExchangeException PriceAboveMax() => new(-4002, "Price greater than max price.");

    public static ExchangeException QuantityNotPositive() => new(-4003, "Quantity less than zero.");

    public static ExchangeException QuantityBelowMin() => new(-4004, "Quantity less than min quantity.");

    public static ExchangeException QuantityAboveMax() => new(-4005, "Quantity greater than max quantity.");

    public static ExchangeException PriceBelowMin() => new(-4013, "Price less than min price.");

    public static ExchangeException PriceOffTick() => new(-4014, "Price not increased by tick size.");

    public static ExchangeException PriceAboveBand(decimal bound) => new(-4016, $"Limit price can't be higher than {Text(bound)}.");

    public static ExchangeException QuantityOffStep() => new(-4023, "Qty not increased by step size.");

    public static ExchangeException PriceBelowBand(decimal bound) => new(-4024, $"Limit price can't be lower than {Text(bound)}.");

    public static ExchangeException CounterpartyOutsideBand() => new(-4131, "The counterparty's best price does not meet the PERCENT_PRICE filter limit.");

    public static ExchangeException NotionalTooSmall(decimal min) =>
        new(-4164, $"Order's notional must be no smaller than {Text(min)} (unless you choose reduce only)");

    public static ExchangeException DuplicateClientId() => new(-4116, "ClientOrderId is duplicated.");

    public static ExchangeException TooManyOrders() => new(-2025, "Reach max open order limit.");

    public static ExchangeException InsufficientMargin() => new(-2019, "Margin is insufficient.");

    public static ExchangeException ReduceOnlyRejected() => new(-2022, "ReduceOnly Order is rejected.");

    public static ExchangeException FokNotFilled() => new(
        -5021, "Due to the order could not be filled immediately, the FOK order has been rejected. The order will not be recorded in the order history");

    public static ExchangeException PostOnlyWouldTake() => new(
        -5022, "Due to the order could not be executed as maker, the Post Only order will be rejected. The order will not be recorded in the order history");

    public static ExchangeException MissingPosition() => new(-4054, "Cannot add position margin: position is 0.");

    public static ExchangeException NotIsolated() => new(-4049, "Add margin only support for isolated position.");

    public static ExchangeException AmountNotPositive() => new(-4055, "Amount must be positive.");

    public static ExchangeException CrossBalanceTooSmall() => new(-4050, "Cross balance insufficient.");

    public static ExchangeException IsolatedBalanceTooSmall() => new(-4051, "Isolated balance insufficient.");

    public static ExchangeException BalanceTooSmall() => new(-2018, "Balance is insufficient.");

    public static ExchangeException WrongPositionSide() => new(-4061, "Order's position side does not match user's setting.");

    public static ExchangeException ReduceOnlyNotRequired() => new(-1106, "Parameter 'reduceonly' sent when not required.");

    public static ExchangeException PositionTooLarge() => new(-2027, "Exceeded the maximum allowable position at current leverage.");

    public static ExchangeException LeverageTooSmall() => new(-2028, "Leverage is smaller than permitted: insufficient margin balance.");

    public static ExchangeException LeverageNotValid(int leverage) => new(-4028, $"Leverage {leverage} is not valid");

    public static ExchangeException LeverageReduction() => new(-4161, "Leverage reduction is not supported in Isolated Margin Mode with open positions.");

    public static ExchangeException SameMarginType() => new(-4046, "No need to change margin type.");

    public static ExchangeException MarginTypeWithOrders() => new(-4047, "Margin type cannot be changed if there exists open orders.");

    public static ExchangeException MarginTypeWithPosition() => new(-4048, "Margin type cannot be changed if there exists position.");

    public static ExchangeException SamePositionMode() => new(-4059, "No need to change position side.");

    public static ExchangeException PositionModeWithOrders() => new(-4067, "Position side cannot be changed if there exists open orders.");

    public static ExchangeException PositionModeWithPosition() => new(-4068, "Position side cannot be changed if there exists position.");

    public static ExchangeException UnknownOrder() => new(-2011, "Unknown order sent.");

    public static ExchangeException NoSuchOrder() => new(-2013, "Order does not exist.");

    public static ExchangeException Broken(string reason) =>
        new(-1001, "Internal error; unable to process your request. Please try again. (" + reason + ")", 503);

    private static string Text(decimal value) => value.ToString("0.0#######", CultureInfo.InvariantCulture);
}
