using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Granary.Backtest.Validation;

/// <summary>
/// A file that remembers which test sets were looked at: one JSON object a line. A second look at the same data, or at data that overlap it, is refused, unless
/// it is asked for by name; then it is noted, and to be said in the report.
/// </summary>
/// <param name="path">The file; created with the first look.</param>
public sealed class TestLedger(string path)
{
    /// <summary>Notes a look.</summary>
    /// <param name="symbols">The symbols of the test set.</param>
    /// <param name="fromMs">Its beginning, milliseconds since the Unix epoch, UTC.</param>
    /// <param name="toMs">Its end, exclusive.</param>
    /// <param name="subject">What is tested, for example the configuration; noted as a fingerprint.</param>
    /// <param name="allowsAgain">Whether a further look is wanted in spite of the ones before.</param>
    /// <param name="nowMs">When, milliseconds since the Unix epoch, UTC.</param>
    /// <returns>The number of looks at these data before this one; above 0 only when a further look was allowed.</returns>
    /// <exception cref="TestSetUsedException">The data were looked at before, and a further look was not asked for.</exception>
    /// <exception cref="InvalidDataException">The file is damaged; the message names the line.</exception>
    public int Use(IReadOnlyCollection<string> symbols, long fromMs, long toMs, string subject, bool allowsAgain, long nowMs)
    {
        ArgumentNullException.ThrowIfNull(symbols);
        ArgumentNullException.ThrowIfNull(subject);
        using var stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        var before = Read(stream).Where(look => look.FromMs < toMs && look.ToMs > fromMs && look.Symbols.Intersect(symbols).Any()).ToList();
        if (before.Count > 0 && !allowsAgain)
        {
            var last = before[^1];
            throw new TestSetUsedException(
                $"this test set was looked at {before.Count} times, last on "
                + $"{DateTimeOffset.FromUnixTimeMilliseconds(last.TimeMs):yyyy-MM-dd HH:mm} UTC ({path}); "
                + "what is chosen after a look is no test any more: take newer data, or ask for a further look, which the report will say");
        }
        var fingerprint = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(subject)))[..16];
        var line = JsonSerializer.Serialize(
            new Look(nowMs, [.. symbols.Order(StringComparer.Ordinal)], fromMs, toMs, fingerprint, before.Count > 0), JsonSerializerOptions.Web);
        stream.Seek(0, SeekOrigin.End);
        stream.Write(Encoding.UTF8.GetBytes(line + "\n"));
        return before.Count;
    }

    private List<Look> Read(Stream stream)
    {
        using var reader = new StreamReader(stream, leaveOpen: true);
        var looks = new List<Look>();
        for (var number = 1; reader.ReadLine() is { } line; number++)
        {
            try
            {
                looks.Add(JsonSerializer.Deserialize<Look>(line, JsonSerializerOptions.Web)!);
            }
            catch (JsonException e)
            {
                throw new InvalidDataException($"{path} line {number}: expected a look at a test set as JSON; mend the line, do not remove it", e);
            }
        }
        return looks;
    }

    private sealed record Look(long TimeMs, IReadOnlyList<string> Symbols, long FromMs, long ToMs, string Subject, bool IsFurther);
}
