using System.Collections;
using System.Reflection;
using Granary.Engine.Orders;
using Granary.Engine.Risk;
using Granary.Grains.Interfaces.Surrogates;

namespace Granary.Grains.Tests.Surrogates;

/// <summary>A field that the converter forgot would be its default on the other side; here every property differs from its default.</summary>
public sealed class ProposalConverterTests
{
    private static readonly Proposal Full = new(
        "main", "BTCUSDT", "momentum", "intent/1", ProposalKind.Exit, OrderSide.Sell, 1.25, 2.5, 100.5m, 1_704_067_200_001, 7, 0.125m, "because")
    {
        RegimeFactor = 0.7,
        OrderType = OrderType.Limit,
        LimitPrice = 99.5m,
        TimeInForce = TimeInForce.Gtx,
        Signals = [new ProposalSignal("momentum", 1.1, 0.8), new ProposalSignal("reversion", 0.9, 1.2)],
        LeverageCap = 3,
        ExpectedProfit = 0.0123,
        IsExitMaker = true,
        IsEntryMaker = true,
        IsPatient = true,
        GoodTillMs = 1_704_067_260_000,
    };

    [Fact]
    public void Every_property_arrives()
    {
        var converter = new ProposalConverter();
        var arrived = converter.ConvertFromSurrogate(converter.ConvertToSurrogate(Full));
        var bare = new Proposal("", "", "", "", default, default, 0, null, 0, 0, 0, null, "");
        var properties = typeof(Proposal).GetProperties(BindingFlags.Public | BindingFlags.Instance);
        properties.Length.ShouldBeGreaterThan(20);
        foreach (var property in properties)
        {
            Text(property.GetValue(arrived)).ShouldBe(Text(property.GetValue(Full)), property.Name);
            Text(property.GetValue(Full)).ShouldNotBe(Text(property.GetValue(bare)), $"{property.Name} needs a value here that is not its default");
        }
    }

    private static string Text(object? value) =>
        value is IEnumerable items and not string ? string.Join(';', items.Cast<object>()) : Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture) ?? "";
}
