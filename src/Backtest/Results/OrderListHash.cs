using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Granary.Engine.Orders;

namespace Granary.Backtest.Results;

/// <summary>
/// Fingerprint of everything ordered and filled, in order: SHA-256 of one line an order and one an execution. Equal runs have equal ones, and nothing that
/// changes no order changes it.
/// </summary>
internal sealed class OrderListHash(Action<string>? onLine) : IDisposable
{
    private const int LineMax = 512;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    // Lines are short and a call of the hash is dear: it gets many at once.
    private readonly byte[] _bytes = new byte[32 * LineMax];
    private int _filled;

    public void AddOrder(OrderRequest order, long timeMs) => Add(string.Create(
        CultureInfo.InvariantCulture,
        $"order,{order.ClientOrderId},{order.Symbol},{order.Side},{order.Type},{order.TimeInForce},"
        + $"{order.Quantity:G29},{order.Price:G29},{order.ReduceOnly},{timeMs}\n"));

    public void AddFill(string clientOrderId, decimal price, decimal quantity, bool isMaker, long timeMs) => Add(string.Create(
        CultureInfo.InvariantCulture, $"fill,{clientOrderId},{price:G29},{quantity:G29},{isMaker},{timeMs}\n"));

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

    private void Add(string line)
    {
        if (_bytes.Length - _filled < LineMax) Flush();
        _filled += Encoding.UTF8.GetBytes(line, _bytes.AsSpan(_filled));
        onLine?.Invoke(line);
    }

    private void Flush()
    {
        _hash.AppendData(_bytes, 0, _filled);
        _filled = 0;
    }
}
