using System.Text;

namespace Granary.Tape.Files;

/// <summary>Makes bytes of a file fit for a message.</summary>
internal static class Quotation
{
    /// <summary>At most so many characters of the text, with everything unprintable replaced.</summary>
    public static string Of(ReadOnlySpan<byte> text, int charactersMax)
    {
        var quoted = new StringBuilder(Encoding.UTF8.GetString(text[..Math.Min(text.Length, charactersMax * 4)]));
        if (quoted.Length > charactersMax) quoted.Length = charactersMax;
        for (var i = 0; i < quoted.Length; i++)
        {
            if (char.IsControl(quoted[i])) quoted[i] = '\uFFFD';
        }
        return quoted.ToString();
    }
}
