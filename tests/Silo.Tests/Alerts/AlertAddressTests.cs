using Granary.Silo.Tests.Configuration;

namespace Granary.Silo.Tests.Alerts;

/// <summary>Where channels get their addresses from, and what is said about those that are wrong.</summary>
public sealed class AlertAddressTests : IDisposable
{
    private const string Planted = "https://hooks.example/planted-secret";

    private readonly ConfigurationBench _bench = new();

    [Fact]
    public void Without_anything_alerts_go_to_the_log() => _bench.Load().Options.Alerts.Channels.Single().Name.ShouldBe("log");

    [Fact]
    public void Addresses_come_from_the_environment_or_a_private_file()
    {
        _bench.Environment["GRANARY_ALERT_URL_OPS"] = Planted;
        var file = _bench.WriteSecret("alerts", "# addresses\nGRANARY_ALERT_URL_DING=https://ding.example/x?access_token=1\nGRANARY_ALERT_SECRET_DING=SEC1\n", UnixFileMode.UserRead);
        var loaded = _bench.Load(
            "--Alerts:Channels:0:Name", "ops", "--Alerts:Channels:0:Kind", "Slack", "--Alerts:Channels:1:Name", "ding", "--Alerts:Channels:1:Kind", "DingTalk", "--Alerts:SecretsFile", file);

        loaded.Report().ShouldBe("");
        loaded.AlertAddresses.Keys.ShouldBe(["ops", "ding"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("Webhook", null, "set GRANARY_ALERT_URL_OPS")]
    [InlineData("Slack", "http://hooks.example/planted-secret", "GRANARY_ALERT_URL_OPS is no https address")]
    [InlineData("Slack", "planted-secret", "GRANARY_ALERT_URL_OPS is no https address")]
    [InlineData("DingTalk", Planted, "set GRANARY_ALERT_SECRET_OPS")]
    [InlineData("Telegram", Planted, "Alerts:Channels:0:Chat is missing")]
    public void What_is_missing_is_named_and_no_secret_is_repeated(string kind, string? url, string message)
    {
        if (url is not null) _bench.Environment["GRANARY_ALERT_URL_OPS"] = url;
        var error = _bench.Errors("--Alerts:Channels:0:Name", "ops", "--Alerts:Channels:0:Kind", kind).ShouldHaveSingleItem();

        error.ShouldContain(message);
        error.ShouldNotContain("planted-secret");
    }

    [Fact]
    public void A_file_that_others_may_read_is_refused()
    {
        if (OperatingSystem.IsWindows()) return;
        var file = _bench.WriteSecret("alerts", "GRANARY_ALERT_URL_OPS=" + Planted, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        _bench.Errors("--Alerts:Channels:0:Name", "ops", "--Alerts:Channels:0:Kind", "Slack", "--Alerts:SecretsFile", file).ShouldContain(e => e.Contains("chmod 600"));
    }

    public void Dispose() => _bench.Dispose();
}
