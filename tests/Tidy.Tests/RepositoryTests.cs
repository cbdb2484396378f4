using System.Text.RegularExpressions;

namespace Granary.Tidy.Tests;

public sealed class RepositoryTests
{
    private const int RootEntriesMax = 17;

    [Fact]
    public void The_files_are_found()
    {
        Repository.ProductFiles.Count().ShouldBeGreaterThan(200);
        Repository.TextFiles.ShouldContain(".ci/run");
        Repository.Files.ShouldNotContain(f => f.Contains("/obj/"));
    }

    [Fact]
    public void The_root_stays_small()
    {
        var entries = Repository.Files.Select(f => f.Split('/')[0]).Distinct().ToList();

        entries.Count.ShouldBeLessThanOrEqualTo(RootEntriesMax, string.Join(' ', entries));
    }

    [Fact]
    public void No_file_names_a_place_on_somebodys_machine()
    {
        // Put together here, so that this file does not name one either.
        var roots = string.Join('|', "home", "root", "tmp", "work", "Users");
        var unix = $@"(?<![\w.}}\])>~*-])/({roots})/[\w.]";
        const string windows = @"\b[A-Z]:\\{1,2}[A-Za-z]";

        Repository.Grep(Repository.TextFiles, $"{unix}|{windows}").ShouldBeEmpty();
    }

    [Fact]
    public void No_file_names_a_package_registry()
    {
        string[] hosts = ["nuget" + ".org", "npmjs" + ".org", "npmjs" + ".com", "pypi" + ".org", "pythonhosted" + ".org", "yarnpkg" + ".com", "pkgs.dev." + "azure.com"];
        var pattern = string.Join('|', hosts.Select(Regex.Escape));

        Repository.Grep(Repository.TextFiles, pattern).ShouldBeEmpty();
    }

    [Fact]
    public void No_file_holds_a_private_key_or_a_token() =>
        Repository.Grep(Repository.TextFiles, "-----BEGIN [A-Z ]*PRIVATE" + " KEY-----|\\bghp_[A-Za-z0-9]{36}\\b|\\bAKIA[0-9A-Z]{16}\\b").ShouldBeEmpty();

    [Fact]
    public void The_continuous_integration_is_executable()
    {
        if (OperatingSystem.IsWindows()) return;

        File.GetUnixFileMode(Path.Combine(Repository.Root, ".ci/run")).HasFlag(UnixFileMode.UserExecute).ShouldBeTrue();
    }
}
