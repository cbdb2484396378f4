using Granary.Silo.Configuration.Binding;

namespace Granary.Silo.Configuration.Sections;

/// <summary>The operator API.</summary>
public sealed record OperatorSection
{
    /// <summary>Address of the operator API, port 0 picks a free one; http address on loopback with a port, default http://127.0.0.1:8088.</summary>
    [Matches(LoopbackUrl.Pattern, LoopbackUrl.Words)]
    public string Url { get; init; } = "http://127.0.0.1:8088";

    /// <summary>File with the operator token, made at the first start with mode 0600; file name, default operator.token in the journal's folder.</summary>
    [FilePath]
    public string TokenFile { get; init; } = "";
}
