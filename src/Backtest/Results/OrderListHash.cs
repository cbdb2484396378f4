using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;
using Granary.Engine.Orders;

namespace Granary.Backtest.Results;

/// <summary>
/// Fingerprint of everything ordered and filled, in order: SHA-256 of one line an order, a change of its price, and an execution. Equal runs have equal ones,
/// and nothing that changes no order changes it.
/// </summary>
internal sealed class OrderListHash(Action<string>? onLine) : IDisposable
{
    private const int LineMax = 512;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    // Lines are short and a call of the hash is dear: it gets many at once.
    private readonly byte[] _bytes = new byte[32 * LineMax];
    private int _filled;

    public void AddOrder(OrderRequest order, long timeMs)
    {
        var fits = Utf8.TryWrite(
            Room(), CultureInfo.InvariantCulture,
            $"order,{order.ClientOrderId},{order.Symbol},{order.Side},{order.Type},{order.TimeInForce},"
            + $"{order.Quantity:G29},{order.Price:G29},{order.ReduceOnly},{timeMs}\n",
            out var written);
        Take(fits, written);
    }

    public void AddFill(string clientOrderId, decimal price, decimal quantity, bool isMaker, long timeMs)
    {
        var fits = Utf8.TryWrite(
            Room(), CultureInfo.InvariantCulture, $"fill,{clientOrderId},{price:G29},{quantity:G29},{isMaker},{timeMs}\n", out var written);
        Take(fits, written);
    }

    public void AddAmend(string clientOrderId, decimal price, long timeMs)
    {
        var fits = Utf8.TryWrite(Room(), CultureInfo.InvariantCulture, $"amend,{clientOrderId},{price:G29},{timeMs}\n", out var written);
        Take(fits, written);
    }

    /// <summary>The fingerprint so far, 64 hex digits.</summary>
    public string Hex
    {
        get
        {
            Flush();
            return Convert.ToHexStringLower(_hash.GetCurrentHash());
        }
    }

    public void Dispose() => _hash.Dispose();

    private Span<byte> Room()
    {
        if (_bytes.Length - _filled < LineMax) Flush();
        return _bytes.AsSpan(_filled, LineMax);
    }

    private void Take(bool fits, int length)
    {
        if (!fits) throw new InvalidOperationException($"a line of the order list is longer than {LineMax} bytes");
        onLine?.Invoke(Encoding.UTF8.GetString(_bytes, _filled, length));
        _filled += length;
    }

    private void Flush()
    {
        _hash.AppendData(_bytes, 0, _filled);
        _filled = 0;
    }
}
