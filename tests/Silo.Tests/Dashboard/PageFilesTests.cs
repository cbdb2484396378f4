using System.Text;
using System.Text.RegularExpressions;
using Granary.Silo.Dashboard;

namespace Granary.Silo.Tests.Dashboard;

/// <summary>The files as they are built in: whole, on their own, small.</summary>
public sealed class PageFilesTests
{
    private const int LinesMax = 300;
    private readonly PageFiles _files = new();

    [Fact]
    public void What_a_page_names_is_there()
    {
        var missing = new List<string>();
        foreach (Match link in Regex.Matches(Text("index.html"), "(?:src|href)=\"/dashboard/([^\"]+)\""))
        {
            if (!_files.Names.Contains(link.Groups[1].Value)) missing.Add($"index.html: {link.Groups[1].Value}");
        }

        foreach (var name in Scripts)
        {
            foreach (Match import in Regex.Matches(Text(name), "from ['\"](\\.[^'\"]+)['\"]"))
            {
                var target = new Uri(new Uri($"http://x/{name}"), import.Groups[1].Value).AbsolutePath[1..];
                if (!_files.Names.Contains(target)) missing.Add($"{name}: {import.Groups[1].Value}");
            }
        }

        missing.ShouldBeEmpty();
        Scripts.Count().ShouldBeGreaterThan(20);
    }

    [Fact]
    public void What_a_script_imports_is_exported()
    {
        var missing = new List<string>();
        foreach (var name in Scripts)
        {
            foreach (Match import in Regex.Matches(Text(name), "import \\{([^}]+)\\} from ['\"](\\.[^'\"]+)['\"]"))
            {
                var target = Text(new Uri(new Uri($"http://x/{name}"), import.Groups[2].Value).AbsolutePath[1..]);
                foreach (var one in import.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                {
                    if (!Regex.IsMatch(target, $"export (async )?(function\\*?|const|let) {Regex.Escape(one)}\\b")) missing.Add($"{name}: {one} of {import.Groups[2].Value}");
                }
            }
        }

        missing.ShouldBeEmpty();
    }

    [Fact]
    public void Every_script_is_used()
    {
        var all = string.Concat(_files.Names.Where(n => n.EndsWith(".js", StringComparison.Ordinal) || n.EndsWith(".html", StringComparison.Ordinal)).Select(Text));

        Scripts.Where(n => !Regex.IsMatch(all, $"/{Regex.Escape(Path.GetFileName(n))}['\"]")).ShouldBeEmpty();
    }

    [Fact]
    public void Nothing_comes_from_elsewhere()
    {
        // A namespace is a name and no address.
        var pattern = new Regex("(https?:)?//[a-z0-9-]+\\.[a-z]", RegexOptions.IgnoreCase);

        _files.Names.Where(n => pattern.IsMatch(Text(n).Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal))).ShouldBeEmpty();
    }

    [Fact]
    public void Nothing_needs_what_the_content_security_policy_forbids()
    {
        Regex.IsMatch(Text("index.html"), "<script(?![^>]*src=)|<style|style=\"|\\son[a-z]+=\"").ShouldBeFalse();
        Scripts.Where(n => Regex.IsMatch(Text(n), "innerHTML|outerHTML|insertAdjacentHTML|document\\.write|\\beval\\(|new Function")).ShouldBeEmpty();
    }

    [Fact]
    public void The_token_is_kept_for_the_tab_only() =>
        Scripts.Where(n => Regex.IsMatch(Text(n), "localStorage\\.setItem\\((?!KEY, next)|document\\.cookie|indexedDB")).ShouldBeEmpty();

    [Fact]
    public void Files_stay_small() =>
        _files.Names.Select(n => (Name: n, Lines: Text(n).Count(c => c == '\n'))).Where(f => f.Lines > LinesMax).ShouldBeEmpty();

    private IEnumerable<string> Scripts => _files.Names.Where(n => n.EndsWith(".js", StringComparison.Ordinal));

    private string Text(string name) => _files.TryGet(name, out var file) ? Encoding.UTF8.GetString(file.Bytes.Span) : throw new KeyNotFoundException(name);
}
