using Granary.Silo.Configuration.Loading;
using Microsoft.Extensions.Configuration;

namespace Granary.Silo.Tests.Configuration;

public sealed class CredentialsTests : IDisposable
{
    private const string Key = "k1234567890";
    private const string Secret = "s1234567890";
    private readonly ConfigurationBench _bench = new();

    [Theory]
    [InlineData("testnet")]
    [InlineData("demo")]
    public void A_foreign_venue_needs_keys(string venue)
    {
        _bench.Errors("--Venue:Name", venue).Single().ShouldContain("GRANARY_API_KEY");

        _bench.Environment["GRANARY_API_KEY"] = Key;
        _bench.Environment["GRANARY_API_SECRET"] = Secret;
        _bench.Errors("--Venue:Name", venue).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false, false, 2)]
    [InlineData(true, false, 1)]
    [InlineData(false, true, 1)]
    [InlineData(true, true, 0)]
    public void Real_money_needs_the_switch_and_the_keys(bool allowed, bool keys, int errors)
    {
        if (keys) (_bench.Environment["GRANARY_API_KEY"], _bench.Environment["GRANARY_API_SECRET"]) = (Key, Secret);

        var loaded = _bench.Load("--Venue:Name", "production", "--Venue:AllowRealMoney", allowed ? "true" : "false");

        loaded.Errors.Count.ShouldBe(errors, loaded.Report());
    }

    [Fact]
    public void A_real_address_under_a_harmless_name_needs_the_switch_too()
    {
        (_bench.Environment["GRANARY_API_KEY"], _bench.Environment["GRANARY_API_SECRET"]) = (Key, Secret);

        _bench.Errors("--Venue:Name", "testnet", "--Venue:RestUrl", "https://fapi.binance.com").Single().ShouldStartWith("Venue:AllowRealMoney was 'false'");
    }

    [Fact]
    public void Keys_are_read_from_a_private_file_and_each_account_may_have_its_own()
    {
        _bench.WithFile("""{"Accounts":[{"Name":"main"},{"Name":"alt"}],"Venue":{"Name":"testnet","CredentialsFile":"keys.env"}}""");
        _bench.WriteSecret("keys.env", $"# keys\nGRANARY_API_KEY={Key}\nGRANARY_API_SECRET = {Secret}\n\nGRANARY_API_KEY_ALT=other\nGRANARY_API_SECRET_ALT=x\n",
            UnixFileMode.UserRead | UnixFileMode.UserWrite);

        var loaded = _bench.Load();

        loaded.Report().ShouldBe("");
        loaded.Credentials.Keys.ShouldBe(["main", "alt"], ignoreOrder: true);
    }

    [Fact]
    public void Two_accounts_with_one_key_are_refused()
    {
        _bench.WithFile("""{"Accounts":[{"Name":"main"},{"Name":"alt"}],"Venue":{"Name":"testnet"}}""");
        (_bench.Environment["GRANARY_API_KEY"], _bench.Environment["GRANARY_API_SECRET"]) = (Key, Secret);

        _bench.Errors().Single().ShouldStartWith("accounts main and alt have the same key");
    }

    [Fact]
    public void A_file_that_others_may_read_is_refused()
    {
        if (OperatingSystem.IsWindows()) return;
        _bench.WithFile("""{"Venue":{"Name":"testnet","CredentialsFile":"keys.env"}}""");
        _bench.WriteSecret("keys.env", $"GRANARY_API_KEY={Key}\nGRANARY_API_SECRET={Secret}\n", UnixFileMode.UserRead | UnixFileMode.GroupRead);

        _bench.Errors()[0].ShouldContain("chmod 600");
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        _bench.WithFile("""{"Venue":{"Name":"testnet","CredentialsFile":"keys.env"}}""");

        _bench.Errors()[0].ShouldContain(Path.Combine(_bench.Folder, "keys.env"));
    }

    [Theory]
    [InlineData("--Venue:ApiKey")]
    [InlineData("--Venue:apiSecret")]
    public void Keys_are_not_taken_from_configuration_and_not_repeated(string argument)
    {
        var loaded = _bench.Load(argument, Secret);

        loaded.Errors.Single().Message.ShouldContain("is not taken from configuration");
        loaded.Report().ShouldNotContain(Secret);
    }

    [Fact]
    public void The_built_in_exchange_gets_test_keys_whatever_the_environment_holds()
    {
        (_bench.Environment["GRANARY_API_KEY"], _bench.Environment["GRANARY_API_SECRET"]) = (Key, Secret);

        var loaded = _bench.Load();

        loaded.IsValid.ShouldBeTrue();
        AccountCredentials.BuiltInKeyOf("main").ShouldBe("granary-test-key");
        AccountCredentials.BuiltInKeyOf("alt").ShouldBe("granary-test-key-alt");
    }

    [Fact]
    public void No_text_form_shows_a_key()
    {
        (_bench.Environment["GRANARY_API_KEY"], _bench.Environment["GRANARY_API_SECRET"]) = (Key, Secret);
        var loaded = _bench.Load("--Venue:Name", "testnet");

        loaded.IsValid.ShouldBeTrue();
        loaded.ToString().ShouldNotContain(Secret);
        loaded.ToString().ShouldNotContain(Key);
        loaded.Credentials["main"].ToString().ShouldBe("***");
        loaded.Configuration.AsEnumerable().ShouldAllBe(e => e.Value != Secret && e.Value != Key);
    }

    public void Dispose() => _bench.Dispose();
}
