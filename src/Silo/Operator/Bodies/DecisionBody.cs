using System.Text.Json;
using Granary.Journal.Records;

namespace Granary.Silo.Operator.Bodies;

/// <summary>A decision as the API tells it; the fields are those of <see cref="DecisionRecord"/>, with the JSON texts as JSON.</summary>
/// <param name="Account">Account name.</param>
/// <param name="Symbol">Upper-case symbol.</param>
/// <param name="Strategy">Strategy name.</param>
/// <param name="IntentId">Deterministic id of the intent.</param>
/// <param name="Kind">Entry or Exit.</param>
/// <param name="Side">Buy or Sell.</param>
/// <param name="Strength">Signal strength.</param>
/// <param name="BarIndex">Bar on which it was decided.</param>
/// <param name="Outcome">Approved or Refused.</param>
/// <param name="Reason">Refusal reason code, or empty.</param>
/// <param name="Detail">Refusal detail, or the approved order's client id.</param>
/// <param name="Why">The conditions with their values, or null.</param>
/// <param name="Features">The bar's features, or null.</param>
/// <param name="MarketTimeMs">Market time, milliseconds since the Unix epoch, UTC.</param>
/// <param name="TimeMs">Engine time, milliseconds since the Unix epoch, UTC.</param>
public sealed record DecisionBody(
    string Account, string Symbol, string Strategy, string IntentId, string Kind, string Side, double Strength, long BarIndex, string Outcome,
    string Reason, string Detail, JsonElement? Why, JsonElement? Features, long MarketTimeMs, long TimeMs)
{
    /// <summary>What the journal says.</summary>
    public static DecisionBody From(DecisionRecord d) => new(
        d.Account, d.Symbol, d.Strategy, d.IntentId, d.Kind, d.Side, d.Strength, d.BarIndex, d.Outcome, d.Reason, d.Detail, JsonText.ToElement(d.Why),
        JsonText.ToElement(d.Features), d.MarketTimeMs, d.TimeMs);
}
