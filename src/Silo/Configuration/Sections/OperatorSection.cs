using Granary.Silo.Configuration.Binding;

namespace Granary.Silo.Configuration.Sections;

/// <summary>The operator API, the dashboard and the metrics.</summary>
public sealed record OperatorSection
{
    /// <summary>
    /// Address of the operator API, port 0 picks a free one; http or https address with localhost or an IP number and a port, default http://127.0.0.1:8088.
    /// An address that other machines can reach must be https and needs CertificateFile. Reading then needs a token too.
    /// </summary>
    [Matches(OperatorUrl.Pattern, OperatorUrl.Words)]
    public string Url { get; init; } = "http://127.0.0.1:8088";

    /// <summary>Names by which browsers and programs reach the silo, beside the address itself; host name or IP number without a port, default none.</summary>
    [Matches(@"[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\]", "host name or IP number without a port")]
    public IReadOnlyList<string> HostNames { get; init; } = [];

    /// <summary>Certificate for https with its private key, PFX, or PEM with the chain behind it; file name, default none.</summary>
    [FilePath]
    public string CertificateFile { get; init; } = "";

    /// <summary>Private key of a PEM certificate that does not hold it itself, mode 0600; file name, default none.</summary>
    [FilePath]
    public string CertificateKeyFile { get; init; } = "";

    /// <summary>File with the password of a PFX or of an encrypted key, mode 0600; file name, default none.</summary>
    [FilePath]
    public string CertificatePasswordFile { get; init; } = "";

    /// <summary>File with the operator token, which reads and commands, made at the first start with mode 0600; file name, default operator.token in the journal's folder.</summary>
    [FilePath]
    public string TokenFile { get; init; } = "";

    /// <summary>File with the view token, which only reads, made at the first start with mode 0600; file name, default view.token in the journal's folder.</summary>
    [FilePath]
    public string ViewTokenFile { get; init; } = "";

    /// <summary>Whether reading needs a token on loopback as well; true, false, default false.</summary>
    public bool ReadNeedsToken { get; init; }

    /// <summary>Queries a second that one address may send before it is told to wait, twice as many at once; 1 to 1,000,000, default 200.</summary>
    [Within(1, 1_000_000)]
    public int QueriesPerSecondMax { get; init; } = 200;

    /// <summary>
    /// Commands a second that one address may send before it is told to wait, twice as many at once; 1 to 1,000,000, default 20. Those with the operator token
    /// are counted apart from those without.
    /// </summary>
    [Within(1, 1_000_000)]
    public int CommandsPerSecondMax { get; init; } = 20;
}
