using System.Net;
using System.Text;

namespace Granary.Venues.Transport;

/// <summary>A request body that remembers whether it was begun to be written.</summary>
internal sealed class TrackedFormContent(string text) : HttpContent
{
    private readonly byte[] _bytes = Encoding.UTF8.GetBytes(text);
    private volatile bool _isStarted;

    /// <summary>Whether a byte may have left.</summary>
    public bool IsStarted => _isStarted;

    /// <inheritdoc />
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        await SerializeToStreamAsync(stream, context, CancellationToken.None);

    /// <inheritdoc />
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        _isStarted = true;
        await stream.WriteAsync(_bytes, cancellationToken);
    }

    /// <inheritdoc />
    protected override bool TryComputeLength(out long length)
    {
        length = _bytes.Length;
        return true;
    }
}
