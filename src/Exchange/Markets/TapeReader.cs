using Granary.Engine.Market;

namespace Granary.Exchange.Markets;

/// <summary>
/// Reads a tape one record ahead. A fault of the file (missing, cut, malformed) ends it with <see cref="Error"/> instead of an exception, so that it stops
/// only its own symbol.
/// </summary>
internal sealed class TapeReader<T> : IDisposable
{
    private readonly string _symbol;
    private readonly Func<Exception, bool> _isFault;
    private IEnumerator<T>? _records;

    public TapeReader(string symbol, Func<IEnumerable<T>> open, Func<Exception, bool> isFault)
    {
        _symbol = symbol;
        _isFault = isFault;
        try
        {
            _records = open().GetEnumerator();
        }
        catch (Exception e) when (isFault(e))
        {
            Fail(e.Message);
        }
        MoveNext();
    }

    /// <summary>Whether <see cref="Current"/> is a record.</summary>
    public bool HasCurrent { get; private set; }

    public T Current => _records!.Current;

    /// <summary>Records passed.</summary>
    public long Count { get; private set; }

    public string? Error { get; private set; }

    public void Advance()
    {
        Count++;
        MoveNext();
    }

    /// <summary>Ends the tape with an error.</summary>
    public void Fail(string message)
    {
        Error = $"{_symbol}: {message}";
        Dispose();
    }

    public void Dispose()
    {
        _records?.Dispose();
        _records = null;
        HasCurrent = false;
    }

    private void MoveNext()
    {
        HasCurrent = false;
        if (_records is null) return;
        try
        {
            HasCurrent = _records.MoveNext();
        }
        catch (Exception e) when (_isFault(e))
        {
            Fail(e.Message);
        }
        if (!HasCurrent) Dispose();
    }

}
