namespace Granary.Client.Cli;

/// <summary>Finds the operator token: argument, then environment, then file.</summary>
public static class TokenSource
{
    private const int FileCharsMax = 1_024;

    /// <summary>The token.</summary>
    /// <exception cref="ConsoleFailure">There is none (<see cref="ExitCode.NotAuthorised"/>); the message names the places that were looked at.</exception>
    public static string Find(ConsoleHost host, string? argument, string? file)
    {
        if (!string.IsNullOrWhiteSpace(argument)) return Checked(argument, "--token");
        if (string.IsNullOrWhiteSpace(file) && host.Variable("GRANARY_TOKEN") is { Length: > 0 } variable) return Checked(variable, "GRANARY_TOKEN");
        var path = string.IsNullOrWhiteSpace(file) ? Search(host.Folder) : Path.GetFullPath(file, host.Folder);
        if (path is null)
        {
            throw new ConsoleFailure(
                ExitCode.NotAuthorised,
                $"this command needs the operator token, and there is no {CommonOptions.TokenFileDefault} in {host.Folder} or above it",
                "The silo writes operator.token into its journal folder at its first start. Name it with --token-file, or set GRANARY_TOKEN.");
        }
        try
        {
            using var reader = new StreamReader(path);
            var buffer = new char[FileCharsMax];
            var length = reader.ReadBlock(buffer);
            return Checked(new string(buffer, 0, length), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConsoleFailure(
                ExitCode.NotAuthorised, $"the token file {path} could not be read: {e.Message}",
                "Run the console as the user who runs the silo, or name another file with --token-file.");
        }
    }

    private static string Checked(string text, string source)
    {
        var token = text.Trim();
        if (token.Length is > 0 and < FileCharsMax && token.All(char.IsAsciiLetterOrDigit)) return token;
        throw new ConsoleFailure(ExitCode.NotAuthorised, $"{source} does not hold an operator token (letters and digits)", "");
    }

    private static string? Search(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            var path = Path.Combine(at.FullName, CommonOptions.TokenFileDefault);
            if (File.Exists(path)) return path;
        }
        return null;
    }
}
