using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Granary.Tape.Files;

/// <summary>
/// Rows of a csv file, found in large blocks: where every comma and every line end of a block stands is known before its first row is read
/// (<see cref="MarkFinder"/>). \n and \r\n end a line, a byte order mark before the first is left out. Memory does not grow with the file; a line longer
/// than <see cref="LineBytesMax"/> is an error. The bytes before and behind the text can be read (they belong to the block), so that a field may be loaded
/// in words.
/// </summary>
/// <param name="file">The file; disposed with the rows.</param>
internal sealed class RowBlocks(TapeFile file) : IDisposable
{
    /// <summary>Bytes that a line may have.</summary>
    public const int LineBytesMax = 1 << 16;

    private const int BlockBytes = 1 << 17, Margin = MarkFinder.StepBytes;

    private readonly byte[] _text = GC.AllocateUninitializedArray<byte>(Margin + BlockBytes + Margin);

    // _marks[0] stands before the block's first row; row r ends at mark _rowMarks[r] and has those after _rowMarks[r - 1].
    private readonly int[] _marks = GC.AllocateUninitializedArray<int>(BlockBytes + MarkFinder.Spare);
    private readonly int[] _rowMarks = GC.AllocateUninitializedArray<int>(BlockBytes + MarkFinder.Spare);
    private int _start = Margin, _end = Margin;
    private int _rowCount, _row, _firstMark, _lineStart, _lineEnd;
    private bool _isBegun, _isEnded;

    /// <summary>The path, with an archive "path!member".</summary>
    public string FileName => file.Name;

    /// <summary>How much of the file was read, 0 to 1.</summary>
    public double Progress => file.Progress;

    /// <summary>Number of the row read last, from 1; every line counts.</summary>
    public long Number { get; private set; }

    /// <summary>Fields of the row.</summary>
    public int ColumnCount { get; private set; }

    /// <summary>Whether the line is empty.</summary>
    public bool IsBlank => _lineStart == _lineEnd;

    /// <summary>The row without its line end.</summary>
    public ReadOnlySpan<byte> Line => _text.AsSpan(_lineStart, _lineEnd - _lineStart);

    /// <summary>The block's first byte, from which the marks count.</summary>
    public ref byte Text => ref MemoryMarshal.GetArrayDataReference(_text);

    /// <summary>The mark before the row's first field; field i lies between the marks i and i + 1, save the last, which ends at <see cref="LineEnd"/>.</summary>
    public ref int Marks => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_marks), _firstMark);

    /// <summary>Where the last field ends.</summary>
    public int LineEnd => _lineEnd;

    /// <returns>False at the end of the file.</returns>
    /// <exception cref="TapeException">The file cannot be read on, or the line is too long.</exception>
    public bool TryNext()
    {
        while (!TryNextInBlock())
        {
            if (!Fill()) return false;
        }
        return true;
    }

    /// <summary>The next row of the block that is in memory.</summary>
    public bool TryNextInBlock()
    {
        if (_row >= _rowCount) return false;
        _firstMark = _rowMarks[_row++];
        var last = _rowMarks[_row];
        _lineStart = _marks[_firstMark] + 1;
        _lineEnd = _marks[last];
        if (_lineEnd - _lineStart > LineBytesMax) throw TooLong(Number + 1);
        ColumnCount = last - _firstMark;
        if (_text[_lineEnd - 1] == (byte)'\r' && _lineEnd > _lineStart && _lineEnd < _end) _lineEnd--;
        Number++;
        return true;
    }

    /// <summary>Goes back to before the first row, while the first block is in memory.</summary>
    public void Rewind()
    {
        Number -= _row;
        _row = 0;
    }

    /// <summary>The field of the row, from 0.</summary>
    public ReadOnlySpan<byte> Field(int column)
    {
        var start = _marks[_firstMark + column] + 1;
        var end = column == ColumnCount - 1 ? _lineEnd : _marks[_firstMark + column + 1];
        return _text.AsSpan(start, end - start);
    }

    public void Dispose() => file.Dispose();

    // Moves the unfinished line to the front, reads behind it and marks what is there.
    private bool Fill()
    {
        if (_isEnded) return false;
        var rest = _end - _start;
        _text.AsSpan(_start, rest).CopyTo(_text.AsSpan(Margin));
        _start = Margin;
        _end = Margin + rest;
        var blockEnd = Margin + BlockBytes;
        while (_end < blockEnd && !_isEnded)
        {
            var count = file.Read(_text.AsSpan(_end, blockEnd - _end));
            _isEnded = count == 0;
            _end += count;
        }
        if (!_isBegun && _text.AsSpan(_start, _end - _start).StartsWith("\uFEFF"u8)) _start += 3;
        _isBegun = true;
        MarkRows();
        return true;
    }

    private void MarkRows()
    {
        (_row, _marks[0], _rowMarks[0]) = (0, _start - 1, 0);
        (var marks, _rowCount) = MarkFinder.Find(_text, _start, _end, _marks, _rowMarks);
        var next = _rowCount == 0 ? _start : _marks[_rowMarks[_rowCount]] + 1;
        if (_isEnded && next < _end)
        {
            // The last line has no end.
            _marks[marks] = _end;
            _rowMarks[++_rowCount] = marks;
            next = _end;
        }
        _start = next;
        if (_end - _start > LineBytesMax) throw TooLong(Number + _rowCount + 1);
    }

    private TapeException TooLong(long line) =>
        new(file.Name, line, "", TapeDefect.LineTooLong, $"the line is longer than {LineBytesMax} bytes; this is no tape of a known layout");
}
