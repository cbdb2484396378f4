using System.Text.Json;
using Granary.Tape.Captures;
using Granary.Tape.Files;
using Granary.Tape.Rows;

namespace Granary.Tape;

/// <summary>
/// Captured WebSocket messages: lines of <c>receive time, blank, JSON</c>, plain or gzip, where the JSON is the combined stream form
/// <c>{"stream":...,"data":...}</c> or a REST depth snapshot. The receive time's digits tell its unit: 19 nanoseconds, 16 microseconds, 13 milliseconds.
/// </summary>
public static class SocketCapture
{
    private const int LineBytesMax = 16 << 20;

    /// <summary>Reads a capture while it is enumerated; enumerating again reads the file again. Memory is a block, and what the frames kept refer to.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">
    /// How to read; null for strict defaults. With <see cref="TapeChecks.Lenient"/> wrong lines are left out, but a message whose receive time goes back is
    /// given out all the same and only noted: the recorder's clock is no property of the market.
    /// </param>
    /// <param name="report">Counts what is met; null for none.</param>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    /// <exception cref="TapeException">The file or, with <see cref="TapeChecks.Strict"/>, a line is wrong; thrown while enumerating.</exception>
    public static IEnumerable<CaptureFrame> Read(string path, TapeOptions? options = null, TapeReport? report = null)
    {
        options ??= new TapeOptions();
        options.Validate();
        return ReadFrames(path, options, report ?? new TapeReport());
    }

    private static IEnumerable<CaptureFrame> ReadFrames(string path, TapeOptions options, TapeReport report)
    {
        using var lines = new LineReader(TapeFile.Open(path), LineBytesMax, keepsLines: true);
        var names = new StreamNames();
        long received = 0;
        while (lines.TryRead())
        {
            CaptureFrame frame;
            try
            {
                frame = ParseLine(lines, names);
                if (frame.ReceivedNs < received)
                    throw Wrong(lines, "receive time", TapeDefect.TimeBackwards, "is before the one before; sort the file, or read leniently");
            }
            catch (TapeException error) when (options.Checks == TapeChecks.Lenient && !error.Defect.IsOfFile())
            {
                var offence = new TapeOffence(error.Line, error.Field, error.Defect, Quotation.Of(lines.Line, 200));
                if (error.Defect != TapeDefect.TimeBackwards)
                {
                    report.Skip(offence, options.QuotedMax);
                    continue;
                }
                report.Note(offence, options.QuotedMax);
                frame = ParseLine(lines, names);
            }
            received = Math.Max(received, frame.ReceivedNs);
            report.Rows++;
            yield return frame;
        }
        if (report.Rows == 0 && report.Skipped == 0)
            throw new TapeException(lines.FileName, 0, "", TapeDefect.FileEmpty, "the capture holds no message; record it again");
    }

    private static CaptureFrame ParseLine(LineReader lines, StreamNames names)
    {
        var line = lines.LineMemory;
        var blank = line.Span.IndexOf((byte)' ');
        if (blank < 0 || !Fields.TryParseTime(line.Span[..blank], out var received))
        {
            throw Wrong(
                lines, "receive time", TapeDefect.TimeImplausible, "does not begin with a time in nanoseconds, microseconds or milliseconds, and a blank");
        }
        try
        {
            return ParseMessage(line[(blank + 1)..], received, names) with { File = lines.FileName, Line = lines.Number };
        }
        catch (JsonException error)
        {
            throw Wrong(lines, "message", TapeDefect.MessageInvalid, $"is no captured message ({error.Message}); the line is cut off or damaged");
        }
    }

    private static CaptureFrame ParseMessage(ReadOnlyMemory<byte> json, long received, StreamNames names)
    {
        var reader = new Utf8JsonReader(json.Span);
        string? stream = null;
        var data = ReadOnlyMemory<byte>.Empty;
        var isSnapshot = false;
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject) throw new JsonException("it is no JSON object");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isStream = reader.ValueTextEquals("stream"u8);
            var isData = reader.ValueTextEquals("data"u8);
            isSnapshot |= reader.ValueTextEquals("lastUpdateId"u8);
            reader.Read();
            if (isStream && reader.TokenType == JsonTokenType.String) stream = names.Get(reader.ValueSpan);
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (isData) data = json[start..(int)reader.BytesConsumed];
        }
        // Finds what stands behind the object.
        reader.Read();
        if (stream is null)
        {
            return isSnapshot
                ? new CaptureFrame(received, "", json) { Kind = CaptureKind.DepthSnapshot }
                : throw new JsonException("it has neither stream nor lastUpdateId");
        }
        if (data.IsEmpty) throw new JsonException("it has no data");
        return new CaptureFrame(received, stream, data) { Kind = StreamNames.KindOf(stream) };
    }

    private static TapeException Wrong(LineReader lines, string field, TapeDefect defect, string message) =>
        new(lines.FileName, lines.Number, field, defect, $"'{Quotation.Of(lines.Line, 60)}' {message}");
}
