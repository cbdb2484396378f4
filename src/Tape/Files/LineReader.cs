namespace Granary.Tape.Files;

/// <summary>
/// Lines of a file, read in large blocks; \n and \r\n end a line, a byte order mark before the first is left out. One line needs memory of at most
/// <c>lineBytesMax</c>; a longer one is an error.
/// </summary>
/// <param name="file">The file; disposed with the reader.</param>
/// <param name="lineBytesMax">Bytes that a line may have.</param>
/// <param name="keepsLines">Whether lines stay valid when the next is read: then every block is memory of its own.</param>
internal sealed class LineReader(TapeFile file, int lineBytesMax, bool keepsLines) : IDisposable
{
    private const int BlockBytes = 1 << 18;

    private byte[] _buffer = new byte[BlockBytes];
    private int _start, _end, _lineStart, _lineLength;
    private bool _isEnded;

    /// <summary>The line read last.</summary>
    public ReadOnlySpan<byte> Line => _buffer.AsSpan(_lineStart, _lineLength);

    /// <summary>The line read last; with <c>keepsLines</c> it stays valid.</summary>
    public ReadOnlyMemory<byte> LineMemory => _buffer.AsMemory(_lineStart, _lineLength);

    /// <summary>Number of the line read last, from 1.</summary>
    public long Number { get; private set; }

    public string FileName => file.Name;

    /// <returns>False at the end of the file.</returns>
    /// <exception cref="TapeException">The file cannot be read on, or the line is too long.</exception>
    public bool TryRead()
    {
        var searched = _start;
        while (true)
        {
            var found = _buffer.AsSpan(searched, _end - searched).IndexOf((byte)'\n');
            if (found >= 0)
            {
                TakeLine(searched + found, searched + found + 1);
                return true;
            }
            if (_isEnded)
            {
                if (_start == _end) return false;
                TakeLine(_end, _end);
                return true;
            }
            var scanned = _end - _start;
            if (scanned > lineBytesMax)
            {
                throw new TapeException(
                    file.Name, Number + 1, "", TapeDefect.LineTooLong, $"the line is longer than {lineBytesMax} bytes; this is no tape of a known layout");
            }
            Fill();
            searched = _start + scanned;
        }
    }

    public void Dispose() => file.Dispose();

    private void TakeLine(int end, int next)
    {
        _lineStart = _start;
        if (Number == 0 && _buffer.AsSpan(_start, end - _start).StartsWith("\uFEFF"u8)) _lineStart += 3;
        if (end > _lineStart && next > end && _buffer[end - 1] == (byte)'\r') end--;
        _lineLength = end - _lineStart;
        _start = next;
        Number++;
    }

    // Moves the unfinished line to the front, of a new block when lines are kept, and reads behind it.
    private void Fill()
    {
        var rest = _end - _start;
        var size = Math.Max(BlockBytes, rest * 2);
        var target = keepsLines || size > _buffer.Length ? new byte[size] : _buffer;
        _buffer.AsSpan(_start, rest).CopyTo(target);
        _buffer = target;
        _start = 0;
        _end = rest;
        while (_end < _buffer.Length)
        {
            var count = file.Read(_buffer.AsSpan(_end));
            if (count == 0)
            {
                _isEnded = true;
                return;
            }
            _end += count;
        }
    }
}
