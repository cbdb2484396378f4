using System.Globalization;
using System.Reflection;

namespace Granary.Silo.Configuration.Binding;

/// <summary>Option values as text and back, and ranges in words.</summary>
public static class OptionText
{
    /// <summary>Reads a scalar option.</summary>
    /// <param name="type">bool, int, long, ulong, double, decimal, string or an enum.</param>
    /// <param name="text">The configured text.</param>
    /// <param name="value">The value.</param>
    /// <returns>False when the text is not a value of the type.</returns>
    public static bool TryParse(Type type, string text, out object? value)
    {
        const NumberStyles whole = NumberStyles.AllowLeadingSign;
        const NumberStyles broken = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        var culture = CultureInfo.InvariantCulture;
        text = text.Trim();
        value = null;
        if (type == typeof(string)) value = text;
        else if (type == typeof(bool) && bool.TryParse(text, out var flag)) value = flag;
        else if (type == typeof(int) && int.TryParse(text, whole, culture, out var i)) value = i;
        else if (type == typeof(long) && long.TryParse(text, whole, culture, out var l)) value = l;
        else if (type == typeof(ulong) && ulong.TryParse(text, NumberStyles.None, culture, out var u)) value = u;
        else if (type == typeof(double) && double.TryParse(text, broken, culture, out var d) && double.IsFinite(d)) value = d;
        else if (type == typeof(decimal) && decimal.TryParse(text, broken, culture, out var m)) value = m;
        else if (type.IsEnum) value = Enum.GetNames(type).FirstOrDefault(n => n.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } name ? Enum.Parse(type, name) : null;
        return value is not null;
    }

    /// <summary>Whether the type is one that <see cref="TryParse"/> reads.</summary>
    public static bool IsScalar(Type type) =>
        type.IsEnum || type == typeof(string) || type == typeof(bool) || type == typeof(int) || type == typeof(long) || type == typeof(ulong)
        || type == typeof(double) || type == typeof(decimal);

    /// <summary>What a property's attributes and type allow, in words; empty when every text is allowed.</summary>
    public static string Range(PropertyInfo property)
    {
        if (property.GetCustomAttribute<WithinAttribute>() is { } within) return $"{(within.IsAbove ? "above " : "")}{Number(within.Min)} to {Number(within.Max)}";
        if (property.GetCustomAttribute<MatchesAttribute>() is { } matches) return matches.Words;
        if (property.GetCustomAttribute<OneOfAttribute>() is { } oneOf) return string.Join(", ", oneOf.Values);
        if (property.GetCustomAttribute<EntriesAttribute>() is { } entries) return $"{Number(entries.Min)} to {Number(entries.Max)} entries";
        return Range(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType);
    }

    /// <summary>What a type allows, in words.</summary>
    public static string Range(Type type)
    {
        if (type.IsEnum) return string.Join(", ", Enum.GetNames(type));
        if (type == typeof(bool)) return "true, false";
        if (type == typeof(string)) return "";
        if (type == typeof(ulong)) return FormattableString.Invariant($"0 to {ulong.MaxValue:#,##0}");
        return type == typeof(int) || type == typeof(long) ? "a whole number" : "a number such as 0.5";
    }

    /// <summary>A number with thousands separators, without trailing zeros.</summary>
    public static string Number(double value) => value.ToString("#,##0.##########", CultureInfo.InvariantCulture);
}
