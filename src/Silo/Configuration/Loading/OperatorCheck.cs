using Granary.Silo.Configuration.Binding;
using Granary.Silo.Configuration.Sections;
using Granary.Silo.Operator.Access;

namespace Granary.Silo.Configuration.Loading;

/// <summary>An operator API that other machines can reach is encrypted and knows by which names it is reached; tokens are always there.</summary>
internal static class OperatorCheck
{
    public static void Run(OperatorSection options, List<OptionError> errors)
    {
        if (!Uri.TryCreate(options.Url, UriKind.Absolute, out var url) || url.HostNameType == UriHostNameType.Dns && url.Host != "localhost")
        {
            errors.Add(new OptionError("Operator:Url", $"Operator:Url was '{options.Url}'; allowed is {OperatorUrl.Words}"));
            return;
        }

        var isEncrypted = url.Scheme == Uri.UriSchemeHttps;
        if (!isEncrypted && !url.IsLoopback)
        {
            errors.Add(new OptionError(
                "Operator:Url",
                $"Operator:Url was '{options.Url}', which other machines can reach in clear text; make it https and set Operator:CertificateFile (readers then need the token of "
                + "Operator:ViewTokenFile, commands that of Operator:TokenFile), or stay on http://127.0.0.1 and come through a tunnel"));
        }
        if (isEncrypted && options.CertificateFile.Length == 0)
            errors.Add(new OptionError("Operator:CertificateFile", "Operator:CertificateFile is missing; an https address needs a certificate, PEM or PFX"));
        if (!isEncrypted && options.CertificateFile.Length > 0)
            errors.Add(new OptionError("Operator:CertificateFile", $"Operator:CertificateFile is set, but Operator:Url '{options.Url}' is not encrypted; make it https"));
        if (OperatorUrl.IsAny(url) && options.HostNames.Count == 0)
            errors.Add(new OptionError("Operator:HostNames", $"Operator:HostNames has 0 entries; with Operator:Url '{options.Url}' name what the silo is reached by, for example granary.example"));
        if (options.TokenFile == options.ViewTokenFile)
            errors.Add(new OptionError("Operator:ViewTokenFile", "Operator:ViewTokenFile is the file of Operator:TokenFile; who may only read needs a token of its own"));
        if (isEncrypted && options.CertificateFile.Length > 0) CheckCertificate(options, errors);
    }

    private static void CheckCertificate(OperatorSection options, List<OptionError> errors)
    {
        try
        {
            using var certificate = OperatorCertificate.Load(options, TimeProvider.System.GetUtcNow()).Certificate;
        }
        catch (InvalidDataException e)
        {
            errors.Add(new OptionError("Operator:CertificateFile", e.Message));
        }
    }
}
