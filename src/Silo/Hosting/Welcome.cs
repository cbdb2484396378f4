using System.Text;

namespace Granary.Silo.Hosting;

/// <summary>What a started silo says about itself: what runs, and where to look.</summary>
internal static class Welcome
{
    public static string Text(SiloApplication silo)
    {
        var text = new StringBuilder();
        text.AppendLine();
        text.AppendLine("  Granary runs.");
        text.AppendLine($"    actors    {RuntimeIdentity.Name}");
        text.AppendLine($"    venue     {silo.Options.Venue.Name}{(silo.Exchange is { } exchange ? $", Binance's protocol at {exchange.Url}" : "")}");
        text.AppendLine($"    money     {(Configuration.Mapping.VenueMapping.IsRealMoney(silo.Options) ? "REAL" : "none of it real")}");
        text.AppendLine($"    symbols   {string.Join(", ", silo.Settings.Symbols.Select(s => s.Symbol))}");
        text.AppendLine($"    journal   {silo.Options.Journal.Path}");
        text.AppendLine($"    dashboard {silo.OperatorUrl}/");
        text.AppendLine($"    operator  {silo.OperatorUrl}/health and {silo.OperatorUrl}/api/v1/status");
        text.AppendLine();
        text.AppendLine("  Look:  dotnet run --project src/Client -- status      (symbols, positions, decisions, watch ...)");
        text.Append("  Stop:  Ctrl-C; the next start goes on from the journal.");
        return text.ToString();
    }
}
