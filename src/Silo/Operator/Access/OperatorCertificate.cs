using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Granary.Silo.Configuration.Loading;
using Granary.Silo.Configuration.Sections;

namespace Granary.Silo.Operator.Access;

/// <summary>The certificate that the operator API shows.</summary>
/// <param name="Certificate">With its private key.</param>
/// <param name="Chain">What stands behind it in the file.</param>
public sealed record OperatorCertificate(X509Certificate2 Certificate, X509Certificate2Collection Chain)
{
    private const int PasswordCharsMax = 1_024;

    /// <summary>Reads the configured files.</summary>
    /// <param name="options">With a certificate file.</param>
    /// <param name="now">A certificate that is over by then is refused.</param>
    /// <exception cref="InvalidDataException">A file is missing, open to others, no certificate, without a key or over; names the option and never a secret.</exception>
    public static OperatorCertificate Load(OperatorSection options, DateTimeOffset now)
    {
        var at = $"Operator:CertificateFile {options.CertificateFile}";
        try
        {
            var password = options.CertificatePasswordFile.Length == 0 ? null : ReadPassword(options.CertificatePasswordFile);
            var (certificate, chain) = IsPem(options.CertificateFile) ? LoadPem(options, password) : LoadPfx(options.CertificateFile, password);
            if (!certificate.HasPrivateKey) throw new InvalidDataException($"{at} has no private key; put it into the file, or name it with Operator:CertificateKeyFile");
            if (certificate.NotAfter <= now.LocalDateTime) throw new InvalidDataException($"{at} was valid until {certificate.NotAfter:yyyy-MM-dd}; have it renewed");
            return new OperatorCertificate(certificate, chain);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw new InvalidDataException($"{at} cannot be used: {e.Message}", e);
        }
    }

    private static (X509Certificate2 Certificate, X509Certificate2Collection Chain) LoadPem(OperatorSection options, string? password)
    {
        var keyFile = options.CertificateKeyFile.Length > 0 ? options.CertificateKeyFile : options.CertificateFile;
        SecretFile.RequirePrivate(keyFile);
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(options.CertificateFile);
        var certificate = password is null
            ? X509Certificate2.CreateFromPemFile(options.CertificateFile, keyFile)
            : X509Certificate2.CreateFromEncryptedPemFile(options.CertificateFile, password, keyFile);
        return (certificate, chain);
    }

    private static (X509Certificate2 Certificate, X509Certificate2Collection Chain) LoadPfx(string file, string? password)
    {
        SecretFile.RequirePrivate(file);
        var all = X509CertificateLoader.LoadPkcs12CollectionFromFile(file, password);
        var own = all.FirstOrDefault(static c => c.HasPrivateKey) ?? all.FirstOrDefault() ?? throw new InvalidDataException($"Operator:CertificateFile {file} holds no certificate");
        return (own, all);
    }

    private static bool IsPem(string file)
    {
        using var reader = new StreamReader(file);
        var start = new char[4_096];
        return new string(start, 0, reader.ReadBlock(start)).Contains("-----BEGIN ", StringComparison.Ordinal);
    }

    private static string ReadPassword(string file)
    {
        SecretFile.RequirePrivate(file);
        var text = File.ReadAllText(file).TrimEnd('\r', '\n');
        return text.Length is > 0 and <= PasswordCharsMax ? text : throw new InvalidDataException($"Operator:CertificatePasswordFile {file} does not hold a password");
    }
}
