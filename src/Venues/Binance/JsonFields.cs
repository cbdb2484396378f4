using System.Globalization;
using System.Text.Json;
using Granary.Engine.Market;

namespace Granary.Venues.Binance;

/// <summary>
/// Tolerant readers of JSON fields: numbers come as numbers or as texts, unknown fields are ignored, and what is missing or wrong is a
/// <see cref="FormatException"/> that names the field.
/// </summary>
internal static class JsonFields
{
    /// <summary>The elements of an array.</summary>
    public static JsonElement.ArrayEnumerator Items(this JsonElement element, string what) =>
        element.ValueKind == JsonValueKind.Array ? element.EnumerateArray() : throw new FormatException($"{what} is not an array");

    /// <summary>What is read of each element of a list, or of an object that stands for a list of one.</summary>
    public static List<T> Each<T>(this JsonElement root, Func<JsonElement, T> read)
    {
        if (root.ValueKind == JsonValueKind.Object) return [read(root)];
        var items = new List<T>();
        foreach (var item in root.Items("the answer")) items.Add(read(item));
        return items;
    }

    /// <summary>A member that is an array.</summary>
    public static JsonElement.ArrayEnumerator ItemsOf(this JsonElement element, string name) =>
        element.TryGet(name, out var member) ? member.Items($"field {name}") : throw new FormatException($"field {name} is missing");

    /// <summary>A member of an object; false also when the element is no object.</summary>
    public static bool TryGet(this JsonElement element, string name, out JsonElement member)
    {
        member = default;
        return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out member) && member.ValueKind != JsonValueKind.Null;
    }

    /// <summary>A text that must be there and must not be empty.</summary>
    public static string Text(this JsonElement element, string name)
    {
        var text = element.TextOrEmpty(name);
        return text.Length > 0 ? text : throw new FormatException($"field {name} is missing or empty");
    }

    /// <summary>A text, or an empty one when it is missing.</summary>
    public static string TextOrEmpty(this JsonElement element, string name)
    {
        if (!element.TryGet(name, out var member)) return "";
        if (member.ValueKind != JsonValueKind.String) throw new FormatException($"field {name} is not a text");
        try
        {
            return member.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new FormatException($"field {name} is not valid UTF-8");
        }
    }

    /// <summary>A decimal that must be there.</summary>
    public static decimal Number(this JsonElement element, string name) =>
        element.TryNumber(name, out var value) ? value : throw new FormatException($"field {name} is missing or empty");

    /// <summary>A decimal; 0 when it is missing or an empty text.</summary>
    public static decimal NumberOrZero(this JsonElement element, string name) => element.TryNumber(name, out var value) ? value : 0;

    /// <summary>A decimal as E8 that must be there.</summary>
    public static long Number8(this JsonElement element, string name) => ToFixed8(element.Number(name), name);

    /// <summary>Converts to E8.</summary>
    public static long ToFixed8(decimal value, string name)
    {
        try
        {
            return Fixed8.FromDecimal(value);
        }
        catch (Exception e) when (e is ArgumentException or OverflowException)
        {
            throw new FormatException($"field {name} has more than eight decimals or is too large");
        }
    }

    /// <summary>An integer that must be there.</summary>
    public static long Integer(this JsonElement element, string name) =>
        element.TryInteger(name, out var value) ? value : throw new FormatException($"field {name} is missing or empty");

    /// <summary>An integer; 0 when it is missing or an empty text.</summary>
    public static long IntegerOrZero(this JsonElement element, string name) => element.TryInteger(name, out var value) ? value : 0;

    /// <summary>True or false; false when missing.</summary>
    public static bool Flag(this JsonElement element, string name)
    {
        if (!element.TryGet(name, out var member)) return false;
        return member.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.String when member.ValueEquals("true"u8) => true,
            JsonValueKind.String when member.ValueEquals("false"u8) => false,
            _ => throw new FormatException($"field {name} is neither true nor false"),
        };
    }

    /// <summary>Reads a decimal from a text or number element.</summary>
    public static decimal ReadNumber(JsonElement member, string name) =>
        TryReadNumber(member, name, out var value) ? value : throw new FormatException($"field {name} is empty");

    private static bool TryNumber(this JsonElement element, string name, out decimal value)
    {
        value = 0;
        return element.TryGet(name, out var member) && TryReadNumber(member, name, out value);
    }

    private static bool TryReadNumber(JsonElement member, string name, out decimal value)
    {
        value = 0;
        if (member.ValueKind == JsonValueKind.Number && member.TryGetDecimal(out value)) return true;
        if (member.ValueKind != JsonValueKind.String) throw new FormatException($"field {name} is not a number");
        var text = member.GetString()!;
        if (text.Length == 0) return false;
        return decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value)
            ? true
            : throw new FormatException($"field {name} is not a number");
    }

    private static bool TryInteger(this JsonElement element, string name, out long value)
    {
        value = 0;
        if (!element.TryGet(name, out var member)) return false;
        if (member.ValueKind == JsonValueKind.Number && member.TryGetInt64(out value)) return true;
        if (member.ValueKind != JsonValueKind.String) throw new FormatException($"field {name} is not an integer");
        var text = member.GetString()!;
        if (text.Length == 0) return false;
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value)
            ? true
            : throw new FormatException($"field {name} is not an integer");
    }
}
