using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Granary.Silo.Tests.Operator.Access;

/// <summary>A self-signed certificate for loopback, in the files that an operator would have.</summary>
internal sealed class TestCertificate : IDisposable
{
    public const string Password = "planted-pfx-password";

    private readonly X509Certificate2 _certificate;
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly string _folder;

    public TestCertificate(string folder, int days = 30)
    {
        _folder = folder;
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        names.AddDnsName("localhost");
        var request = new CertificateRequest("CN=localhost", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        _certificate = request.CreateSelfSigned(now.AddDays(-60), now.AddDays(days));
    }

    public string Thumbprint => _certificate.Thumbprint;

    public string Pem => Write("server.pem", _certificate.ExportCertificatePem());

    public string Key => Write("server.key", _key.ExportPkcs8PrivateKeyPem());

    public string Both => Write("both.pem", _certificate.ExportCertificatePem() + "\n" + _key.ExportPkcs8PrivateKeyPem());

    public string Pfx
    {
        get
        {
            var path = Write("server.pfx", "");
            File.WriteAllBytes(path, _certificate.Export(X509ContentType.Pkcs12, Password));
            return path;
        }
    }

    public string PasswordFile => Write("password", Password + "\n");

    public HttpClient Client(string url) => new(new HttpClientHandler
    {
        ServerCertificateCustomValidationCallback = (_, shown, _, _) => shown?.Thumbprint == Thumbprint,
    })
    {
        BaseAddress = new Uri(url),
    };

    public void Dispose()
    {
        _certificate.Dispose();
        _key.Dispose();
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return path;
    }
}
