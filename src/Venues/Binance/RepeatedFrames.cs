using System.Text;

namespace Granary.Venues.Binance;

/// <summary>
/// Tells the frames of the user stream that the previous connection has delivered already. Events have no running number, so the frames themselves are
/// compared,
/// byte by byte: those that the old connection delivers while both are open, at most 4096 of them.
/// </summary>
internal sealed class RepeatedFrames
{
    private const int FramesMax = 4096;
    private readonly Dictionary<string, int> _delivered = new(StringComparer.Ordinal);
    private int _count;
    private bool _isNoting;
    private bool _isComparing;

    /// <summary>The next connection is about to be opened: from now on what is delivered is noted.</summary>
    public void Begin()
    {
        Clear();
        _isNoting = true;
    }

    /// <summary>There is no other connection.</summary>
    public void Clear()
    {
        _delivered.Clear();
        _count = 0;
        _isNoting = _isComparing = false;
    }

    /// <summary>The next connection takes over: its frames are compared with those noted.</summary>
    public void TakeOver() => (_isNoting, _isComparing) = (false, true);

    /// <summary>Whether the frame was delivered before; each frame that was counts once.</summary>
    public bool IsRepeat(ReadOnlySpan<byte> frame)
    {
        if (!_isNoting && !_isComparing) return false;
        var text = Encoding.UTF8.GetString(frame);
        if (_isNoting)
        {
            if (_count == FramesMax) return false;
            _count++;
            _delivered[text] = _delivered.GetValueOrDefault(text) + 1;
            return false;
        }
        if (!_delivered.TryGetValue(text, out var times)) return false;
        if (times == 1) _delivered.Remove(text);
        else _delivered[text] = times - 1;
        if (--_count == 0) Clear();
        return true;
    }
}
