using Granary.Silo.Dashboard.Bars;
using Granary.Silo.Operator.Bodies;

namespace Granary.Silo.Dashboard.Bodies;

/// <summary>A symbol and its newest bars; those before come from /api/v1/symbols/NAME/bars.</summary>
/// <param name="Symbol">The symbol.</param>
/// <param name="Bars">The newest few bars and the running one.</param>
public sealed record SymbolPageBody(SymbolBody Symbol, BarsBody Bars);
