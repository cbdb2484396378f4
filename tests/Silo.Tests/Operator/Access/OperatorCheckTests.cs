using Granary.Silo.Tests.Configuration;

namespace Granary.Silo.Tests.Operator.Access;

/// <summary>Which addresses a silo starts on.</summary>
public sealed class OperatorCheckTests : IDisposable
{
    private readonly ConfigurationBench _bench = new();

    [Theory]
    [InlineData("http://0.0.0.0:8088")]
    [InlineData("http://192.168.1.5:8088")]
    [InlineData("http://[2001:db8::1]:8088")]
    public void Others_are_not_served_in_clear_text_and_the_message_says_what_to_set(string url)
    {
        var error = _bench.Errors("--Operator:Url", url, "--Operator:HostNames", "granary.example").ShouldHaveSingleItem();

        error.ShouldStartWith($"Operator:Url was '{url}'");
        foreach (var word in new[] { "https", "Operator:CertificateFile", "Operator:TokenFile", "Operator:ViewTokenFile", "tunnel" }) error.ShouldContain(word);
    }

    [Fact]
    public void Encryption_needs_a_certificate_and_a_certificate_encryption()
    {
        using var certificate = new TestCertificate(_bench.Folder);

        _bench.Errors("--Operator:Url", "https://127.0.0.1:0").ShouldHaveSingleItem().ShouldStartWith("Operator:CertificateFile is missing");
        _bench.Errors("--Operator:CertificateFile", certificate.Both).ShouldHaveSingleItem().ShouldContain("make it https");
    }

    [Fact]
    public void All_addresses_need_a_name()
    {
        using var certificate = new TestCertificate(_bench.Folder);
        string[] args = ["--Operator:Url", "https://0.0.0.0:0", "--Operator:CertificateFile", certificate.Both];

        _bench.Errors(args).ShouldHaveSingleItem().ShouldStartWith("Operator:HostNames has 0 entries");
        _bench.Errors([.. args, "--Operator:HostNames", "granary.example,10.0.0.5"]).ShouldBeEmpty();
        _bench.Errors([.. args, "--Operator:HostNames", "granary.example:443"]).ShouldHaveSingleItem().ShouldContain("allowed is host name or IP number without a port");
    }

    [Fact]
    public void Roles_do_not_share_a_token() =>
        _bench.Errors("--Operator:TokenFile", "a.token", "--Operator:ViewTokenFile", "a.token").ShouldHaveSingleItem().ShouldContain("a token of its own");

    [Fact]
    public void Every_form_of_certificate_is_read()
    {
        using var certificate = new TestCertificate(_bench.Folder);

        Errors(certificate.Both).ShouldBeEmpty();
        Errors(certificate.Pem, "--Operator:CertificateKeyFile", certificate.Key).ShouldBeEmpty();
        Errors(certificate.Pfx, "--Operator:CertificatePasswordFile", certificate.PasswordFile).ShouldBeEmpty();
    }

    [Fact]
    public void A_certificate_that_cannot_serve_is_refused_without_its_password()
    {
        using var certificate = new TestCertificate(_bench.Folder);
        using var old = new TestCertificate(Directory.CreateDirectory(Path.Combine(_bench.Folder, "old")).FullName, days: -1);
        var nothing = _bench.WriteSecret("nothing.pem", "nothing", UnixFileMode.UserRead);

        Wrong(Path.Combine(_bench.Folder, "missing.pem")).ShouldContain("missing.pem");
        Wrong(nothing).ShouldContain("nothing.pem");
        Wrong(old.Both).ShouldContain("was valid until");
        Wrong(certificate.Pem).ShouldContain("server.pem");
        Wrong(certificate.Pfx).ShouldContain("server.pfx");
        Wrong(certificate.Pfx, "--Operator:CertificatePasswordFile", _bench.WriteSecret("wrong", TestCertificate.Password + "x", UnixFileMode.UserRead))
            .ShouldNotContain(TestCertificate.Password);
    }

    [Fact]
    public void A_key_that_others_may_read_is_refused()
    {
        if (OperatingSystem.IsWindows()) return;
        using var certificate = new TestCertificate(_bench.Folder);
        var file = certificate.Both;
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.GroupRead);

        Wrong(file).ShouldContain("chmod 600");
    }

    public void Dispose() => _bench.Dispose();

    private IReadOnlyList<string> Errors(string file, params string[] more) =>
        _bench.Errors(["--Operator:Url", "https://127.0.0.1:0", "--Operator:CertificateFile", file, .. more]);

    private string Wrong(string file, params string[] more)
    {
        var error = Errors(file, more).ShouldHaveSingleItem();
        error.ShouldStartWith("Operator:CertificateFile");
        return error;
    }
}
