using System.Globalization;

namespace Granary.Engine.Risk;

/// <summary>Numbers in operator texts: plain, invariant, without trailing zeros.</summary>
internal static class Number
{
    internal static string Text(decimal value) => value.ToString("0.############################", CultureInfo.InvariantCulture);
}
