using System.Text.Json;

namespace Granary.Backtest.Search;

/// <summary>The finished trials of a search in a file, one JSON object a line, so that it can go on after an interruption.</summary>
internal sealed class SearchJournal : IDisposable
{
    private readonly StreamWriter? _writer;

    public SearchJournal(string? path, string subject)
    {
        if (path is null) return;
        if (File.Exists(path)) Read(path, subject);
        _writer = new StreamWriter(path, append: true) { AutoFlush = true, NewLine = "\n" };
        if (_writer.BaseStream.Length == 0) _writer.WriteLine(JsonSerializer.Serialize(new Head(subject), JsonSerializerOptions.Web));
    }

    /// <summary>What was found in the file, by number.</summary>
    public Dictionary<int, SearchTrial> Found { get; } = [];

    public void Add(SearchTrial trial) => _writer?.WriteLine(JsonSerializer.Serialize(trial, JsonSerializerOptions.Web));

    public void Dispose() => _writer?.Dispose();

    private void Read(string path, string subject)
    {
        var lines = File.ReadAllText(path).Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            // A line without its end was cut off in the middle of writing.
            if (lines[i].Length == 0) continue;
            if (i == lines.Length - 1)
            {
                Truncate(path, lines[i]);
                continue;
            }
            try
            {
                if (i > 0)
                {
                    var trial = JsonSerializer.Deserialize<SearchTrial>(lines[i], JsonSerializerOptions.Web)!;
                    Found[trial.Number] = trial;
                }
                else if (JsonSerializer.Deserialize<Head>(lines[i], JsonSerializerOptions.Web)!.Subject is var found && found != subject)
                    throw new InvalidDataException($"{path} line 1: the file is of another search ({found}); name another file, or search the same");
            }
            catch (JsonException e)
            {
                throw new InvalidDataException($"{path} line {i + 1}: expected a trial as JSON; remove the line or name another file", e);
            }
        }
    }

    private static void Truncate(string path, string rest)
    {
        using var stream = new FileStream(path, FileMode.Open);
        stream.SetLength(stream.Length - System.Text.Encoding.UTF8.GetByteCount(rest));
    }

    private sealed record Head(string Subject);
}
